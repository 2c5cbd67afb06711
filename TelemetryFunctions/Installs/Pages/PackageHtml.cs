using System.Text;
using static TelemetryFunctions.Installs.Pages.InstallPageLayout;
using static TelemetryFunctions.Installs.Pages.PageNumbers;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>A package's page as HTML.</summary>
internal static class PackageHtml
{
    /// <summary>The way from the page to the address of the site.</summary>
    public const string ToSite = "../../";

    public const string NotFound =
        $"""<h2>No such package</h2><p>No package of that name was installed. <a href="{ToSite}packages">Show all packages</a></p>""";

    public static string Render(PackageAnswer package, InstallChart chart, ShareChart versions, PackageQuery query)
    {
        var html = new StringBuilder($"""
            <h2>{Name(package.Name)}</h2>
            <dl class="figures">{Figure("Last 30 days", Count(package.Last30Days))}{Figure("All time", Count(package.Total))}{Figure("In CI", Ci(package.Ci, package.CiSince))}{Figure("Last installed", Time(package.LastInstalledAt))}</dl>

            """);
        if (chart.Bars.Count > 0)
            html.Append(InstallChartHtml.Render(chart, package.Through, query.Choices(chart.Step)));
        html.Append(ShareChartHtml.Render("Shares of versions", versions, package.Through, """<p class="quiet">By the first two numbers of a version, of the last 365 days at most; the most installed by name.</p>"""));
        if (package.Versions.Count > 0)
            html.Append(Versions(package.Versions));
        return html.ToString();
    }

    private static string Figure(string name, string value) => $"<div><dt>{name}</dt><dd>{value}</dd></div>";

    private static string Versions(IReadOnlyList<PackageVersionAnswer> versions)
    {
        var html = new StringBuilder("""
            <section><h3>Versions</h3>
            <div class="list" tabindex="0" role="region" aria-label="Versions"><table>
            <thead><tr><th scope="col">Version</th><th scope="col">Last 30 days</th><th scope="col">All time</th><th scope="col">In CI</th><th scope="col">Last installed</th></tr></thead>
            <tbody>

            """);
        foreach (var version in versions)
        {
            html.Append($"""
                <tr><th scope="row">{Text(version.Version)}</th><td>{Count(version.Last30Days)}</td><td>{Count(version.Total)}</td><td>{Ci(version.Ci, version.CiSince)}</td><td>{Time(version.LastInstalledAt)}</td></tr>

                """);
        }

        return html.Append("</tbody></table></div></section>\n").ToString();
    }
}
