using System.Text;
using static TelemetryFunctions.Installs.Pages.InstallPageLayout;
using static TelemetryFunctions.Installs.Pages.PageNumbers;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>The list as HTML.</summary>
internal static class PackageListHtml
{
    public static string Render(PackageListQuery query, PackageListSlice slice, PackageList packages)
    {
        var html = new StringBuilder();
        var sort = query.Order == PackageOrder.Last30Days
            ? ""
            : $"""<input type="hidden" name="sort" value="{PackageListQuery.NameOf(query.Order)}">""";
        html.Append($"""
            <form class="search" method="get" action="./packages" role="search">
            <input type="search" name="q" value="{Text(query.Text)}" aria-label="Part of a package's name" placeholder="vendor/name" maxlength="{PackageName.MaxLength}">
            {sort}<button type="submit">Search</button>
            </form>

            """);
        html.Append(slice.Found == 0 ? Nothing(query) : Table(query, slice));
        if (query.IsFirst && packages.Agents.Platforms.Series.Count > 0)
            html.Append(Clients(query, packages));
        return html.ToString();
    }

    private static string Clients(PackageListQuery query, PackageList packages)
    {
        var html = new StringBuilder("""<header class="part" id="clients"><h2>Clients</h2><nav class="steps" aria-label="Time range">""");
        foreach (var range in InstallRange.Each)
            html.Append($"""<a href="{Text(query.Link(range))}#clients"{(range == query.Range ? " aria-current=\"true\"" : "")}>{range.Title}</a>""");
        html.Append("</nav></header>\n<div class=\"cards\">\n");
        var first = query.First(packages);
        html.Append(ShareChartHtml.Render("Installs by platform", packages.Agents.Platforms.Since(first), packages.Through));
        html.Append(ShareChartHtml.Render("Installs by version of PHP", packages.Agents.Php.Since(first), packages.Through));
        return html.Append("</div>\n").ToString();
    }

    private static string Nothing(PackageListQuery query) => query.Text.Length == 0
        ? """<p class="quiet">No package was installed yet.</p>"""
        : $"""<p class="quiet">No package has <bdi>“{Text(query.Text)}”</bdi> in its name. <a href="./packages">Show all packages</a></p>""";

    private static string Table(PackageListQuery query, PackageListSlice slice)
    {
        var html = new StringBuilder($"""
            <p class="quiet">{Count(slice.Found)} {(slice.Found == 1 ? "package" : "packages")}</p>
            <div class="list" tabindex="0" role="region" aria-label="Packages"><table>
            <thead><tr>{Head(query, PackageOrder.Name, "Package")}{Head(query, PackageOrder.Last30Days, "Last 30 days")}{Head(query, PackageOrder.Total, "All time")}<th scope="col">In CI</th><th scope="col">Last installed</th></tr></thead>
            <tbody>

            """);
        foreach (var package in slice.Packages)
        {
            html.Append($"""
                <tr><th scope="row"><a href="{Text("." + PackageListPage.PathOf(package.Name))}">{Name(package.Name)}</a></th><td>{Count(package.Last30Days)}</td><td>{Count(package.Total)}</td><td>{Ci(package.Ci.Total, package.Ci.Since)}</td><td>{Time(package.LastInstalledAt)}</td></tr>

                """);
        }

        return html.Append("</tbody></table></div>\n").Append(Pager(query, slice)).ToString();
    }

    private static string Head(PackageListQuery query, PackageOrder order, string title) => order == query.Order
        ? $"""<th scope="col" aria-sort="{(order == PackageOrder.Name ? "ascending" : "descending")}">{title}</th>"""
        : $"""<th scope="col"><a href="{Text(query.Link(order, 1))}">{title}</a></th>""";

    private static string Pager(PackageListQuery query, PackageListSlice slice)
    {
        if (slice.Pages == 1)
            return "";

        var previous = slice.Page > 1 ? $"""<a rel="prev" href="{Text(query.Link(query.Order, slice.Page - 1))}">Previous</a>""" : "";
        var next = slice.Page < slice.Pages ? $"""<a rel="next" href="{Text(query.Link(query.Order, slice.Page + 1))}">Next</a>""" : "";
        return $"""<nav class="pager" aria-label="Pages">{previous}<span>Page {Count(slice.Page)} of {Count(slice.Pages)}</span>{next}</nav>""";
    }
}
