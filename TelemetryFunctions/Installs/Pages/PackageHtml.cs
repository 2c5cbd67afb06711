using System.Text;
using static TelemetryFunctions.Installs.Pages.InstallPageLayout;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>A package's page as HTML.</summary>
internal static class PackageHtml
{
    /// <summary>The way from the page to the address of the site.</summary>
    public const string ToSite = "../../";

    public const string NotFound =
        $"""<h2>No such package</h2><p>No package of that name was installed. <a href="{ToSite}packages">Show all packages</a></p>""";

    public static string Render(PackageAnswer package, InstallChart chart)
    {
        var html = new StringBuilder($"""
            <h2>{Text(package.Name)}</h2>
            <dl class="figures">{Figure("Last 30 days", Count(package.Last30Days))}{Figure("All time", Count(package.Total))}{Figure("In CI", Ci(package.Ci, package.CiSince))}{Figure("Last installed", Time(package.LastInstalledAt))}</dl>

            """);
        if (chart.Bars.Count > 0)
            html.Append(Chart(chart));
        if (package.Versions.Count > 0)
            html.Append(Versions(package.Versions));
        return html.ToString();
    }

    private static string Figure(string name, string value) =>
        value.Length == 0 ? "" : $"<div><dt>{name}</dt><dd>{value}</dd></div>";

    private static string Chart(InstallChart chart)
    {
        var html = new StringBuilder("""<section class="card"><header><h3>Installs</h3><nav class="steps" aria-label="Installs by">""");
        foreach (var step in Enum.GetValues<ChartStep>())
        {
            var current = step == chart.Step ? " aria-current=\"true\"" : "";
            html.Append($"""<a href="?by={ChartSteps.NameOf(step)}"{current}>{ChartSteps.TitleOf(step)}</a>""");
        }

        html.Append("</nav></header>\n").Append(InstallChartSvg.Draw(chart));
        if (chart.Bars.Any(bar => bar.Ci > 0))
            html.Append("""<p class="quiet">Grey: in CI, by what Composer says of itself.</p>""").Append('\n');
        html.Append($"""
            <details class="numbers"><summary>Show as table</summary><div class="table" tabindex="0" role="region" aria-label="Installs by {ChartSteps.NameOf(chart.Step)}"><table>
            <thead><tr><th scope="col">{ChartSteps.TitleOf(chart.Step)}</th><th scope="col">Installs</th><th scope="col">In CI</th></tr></thead>
            <tbody>

            """);
        foreach (var bar in chart.Bars.Reverse())
            html.Append($"""<tr><th scope="row">{ChartFrame.Label(chart.Step, bar.Start)}</th><td>{Count(bar.Installs)}</td><td>{Ci(bar.Ci, null)}</td></tr>""").Append('\n');
        return html.Append("</tbody></table></div></details></section>\n").ToString();
    }

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
