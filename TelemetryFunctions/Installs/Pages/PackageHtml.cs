using System.Text;
using TelemetryFunctions.Languages;
using static TelemetryFunctions.Installs.Pages.InstallPageLayout;
using static TelemetryFunctions.Installs.Pages.PageNumbers;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>A package's page as HTML.</summary>
internal static class PackageHtml
{
    /// <summary>The way from the page to the address of the site.</summary>
    public const string ToSite = "../../";

    public static string NotFound(Texts texts) =>
        $"""<h2>{texts["installs.noSuch"]}</h2><p>{texts["installs.noSuchText"]} <a href="{texts.Link(ToSite + "packages")}">{texts["installs.showAll"]}</a></p>""";

    public static string Render(PackageAnswer package, InstallChart chart, ShareChart versions, PackageQuery query, Texts texts)
    {
        var html = new StringBuilder($"""
            <h2>{Name(package.Name)}</h2>
            <dl class="figures">{Figure(texts["installs.last30"], Count(package.Last30Days))}{Figure(texts["installs.allTime"], Count(package.Total))}{Figure(texts["installs.inCi"], Ci(package.Ci, package.CiSince, texts))}{Figure(texts["installs.lastInstalled"], Time(package.LastInstalledAt))}</dl>

            """);
        if (chart.Bars.Count > 0)
            html.Append(InstallChartHtml.Render(chart, package.Through, texts, query.Choices(chart.Step, texts)));
        html.Append(ShareChartHtml.Render(texts["installs.versionShares"], versions, package.Through, texts, $"""<p class="quiet">{texts["installs.versionNote"]}</p>"""));
        if (package.Versions.Count > 0)
            html.Append(Versions(package.Versions, texts));
        return html.ToString();
    }

    private static string Figure(string name, string value) => $"<div><dt>{name}</dt><dd>{value}</dd></div>";

    private static string Versions(IReadOnlyList<PackageVersionAnswer> versions, Texts texts)
    {
        var html = new StringBuilder($"""
            <section><h3>{texts["installs.versions"]}</h3>
            <div class="list" tabindex="0" role="region" aria-label="{texts["installs.versions"]}"><table>
            <thead><tr><th scope="col">{texts["installs.version"]}</th><th scope="col">{texts["installs.last30"]}</th><th scope="col">{texts["installs.allTime"]}</th><th scope="col">{texts["installs.inCi"]}</th><th scope="col">{texts["installs.lastInstalled"]}</th></tr></thead>
            <tbody>

            """);
        foreach (var version in versions)
        {
            html.Append($"""
                <tr><th scope="row">{Text(version.Version)}</th><td>{Count(version.Last30Days)}</td><td>{Count(version.Total)}</td><td>{Ci(version.Ci, version.CiSince, texts)}</td><td>{Time(version.LastInstalledAt)}</td></tr>

                """);
        }

        return html.Append("</tbody></table></div></section>\n").ToString();
    }
}
