using System.Text;
using TelemetryFunctions.Languages;
using static TelemetryFunctions.Installs.Pages.InstallPageLayout;
using static TelemetryFunctions.Installs.Pages.PageNumbers;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>The list as HTML.</summary>
internal static class PackageListHtml
{
    public static string Render(PackageListQuery query, PackageListSlice slice, PackageList packages, Texts texts)
    {
        var html = new StringBuilder();
        var sort = query.Order == PackageOrder.Last30Days
            ? ""
            : $"""<input type="hidden" name="sort" value="{PackageListQuery.NameOf(query.Order)}">""";
        var language = texts.IsAsked ? $"""<input type="hidden" name="{Texts.Parameter}" value="{texts.Language}">""" : "";
        html.Append($"""
            <form class="search" method="get" action="./packages" role="search">
            <input type="search" name="q" value="{Text(query.Text)}" aria-label="{texts["installs.searchName"]}" placeholder="vendor/name" maxlength="{PackageName.MaxLength}">
            {sort}{language}<button type="submit">{texts["installs.search"]}</button>
            </form>

            """);
        html.Append(slice.Found == 0 ? Nothing(query, texts) : Table(query, slice, texts));
        if (query.IsFirst && packages.Agents.Platforms.Series.Count > 0)
            html.Append(Clients(query, packages, texts));
        return html.ToString();
    }

    private static string Clients(PackageListQuery query, PackageList packages, Texts texts)
    {
        var html = new StringBuilder($"""<header class="part" id="clients"><h2>{texts["installs.clients"]}</h2><nav class="steps" aria-label="{texts["installs.timeRange"]}">""");
        foreach (var range in InstallRange.Each)
            html.Append($"""<a href="{Text(texts.Link(query.Link(range) + "#clients"))}"{(range == query.Range ? " aria-current=\"true\"" : "")}>{texts[range.Title]}</a>""");
        html.Append("</nav></header>\n<div class=\"cards\">\n");
        var first = query.First(packages);
        html.Append(ShareChartHtml.Render(texts["installs.platforms"], packages.Agents.Platforms.Since(first), packages.Through, texts));
        html.Append(ShareChartHtml.Render(texts["installs.php"], packages.Agents.Php.Since(first), packages.Through, texts));
        return html.Append("</div>\n").ToString();
    }

    private static string Nothing(PackageListQuery query, Texts texts) => query.Text.Length == 0
        ? $"""<p class="quiet">{texts["installs.none"]}</p>"""
        : $"""<p class="quiet">{texts.Html("installs.noneOf", ("text", query.Text))} <a href="{texts.Link("./packages")}">{texts["installs.showAll"]}</a></p>""";

    private static string Table(PackageListQuery query, PackageListSlice slice, Texts texts)
    {
        var html = new StringBuilder($"""
            <p class="quiet">{texts.Html("installs.found", ("count", slice.Found), ("number", new Markup(Count(slice.Found))))}</p>
            <div class="list" tabindex="0" role="region" aria-label="{texts["installs.packages"]}"><table>
            <thead><tr>{Head(query, PackageOrder.Name, "installs.package", texts)}{Head(query, PackageOrder.Last30Days, "installs.last30", texts)}{Head(query, PackageOrder.Total, "installs.allTime", texts)}<th scope="col">{texts["installs.inCi"]}</th><th scope="col">{texts["installs.lastInstalled"]}</th></tr></thead>
            <tbody>

            """);
        foreach (var package in slice.Packages)
        {
            html.Append($"""
                <tr><th scope="row"><a href="{Text(texts.Link("." + PackageListPage.PathOf(package.Name)))}">{Name(package.Name)}</a></th><td>{Count(package.Last30Days)}</td><td>{Count(package.Total)}</td><td>{Ci(package.Ci.Total, package.Ci.Since, texts)}</td><td>{Time(package.LastInstalledAt)}</td></tr>

                """);
        }

        return html.Append("</tbody></table></div>\n").Append(Pager(query, slice, texts)).ToString();
    }

    private static string Head(PackageListQuery query, PackageOrder order, string key, Texts texts) => order == query.Order
        ? $"""<th scope="col" aria-sort="{(order == PackageOrder.Name ? "ascending" : "descending")}">{texts[key]}</th>"""
        : $"""<th scope="col"><a href="{Text(texts.Link(query.Link(order, 1)))}">{texts[key]}</a></th>""";

    private static string Pager(PackageListQuery query, PackageListSlice slice, Texts texts)
    {
        if (slice.Pages == 1)
            return "";

        var previous = slice.Page > 1 ? $"""<a rel="prev" href="{Text(texts.Link(query.Link(query.Order, slice.Page - 1)))}">{texts["installs.previous"]}</a>""" : "";
        var next = slice.Page < slice.Pages ? $"""<a rel="next" href="{Text(texts.Link(query.Link(query.Order, slice.Page + 1)))}">{texts["installs.next"]}</a>""" : "";
        return $"""<nav class="pager" aria-label="{texts["installs.pages"]}">{previous}<span>{texts.Html("installs.page", ("page", slice.Page), ("pages", slice.Pages))}</span>{next}</nav>""";
    }
}
