using System.Globalization;
using System.Text;
using TelemetryFunctions.Languages;
using static TelemetryFunctions.Installs.Pages.PageNumbers;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>A package's installs over time as HTML: bars, and the numbers as a table.</summary>
internal static class InstallChartHtml
{
    /// <param name="chart">The bars.</param>
    /// <param name="through">Until when it is counted.</param>
    /// <param name="texts">The language.</param>
    /// <param name="head">What stands beside the title, as HTML.</param>
    public static string Render(InstallChart chart, DateTimeOffset? through, Texts texts, string head)
    {
        var starts = chart.Bars.Select(bar => bar.Start).ToList();
        var bars = new BarsHtml(
            texts.Say($"installs.chartBy{chart.Step}", ("day", starts[0].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
            chart.Step, starts, ChartSteps.IsOpen(chart.Step, starts[^1], through), texts);
        var most = Ceiling(chart.Bars.Max(bar => bar.Installs));
        var html = new StringBuilder($"""<section class="card" aria-labelledby="installs"><header><h3 id="installs">{texts["installs.title"]}</h3>{head}</header>""").Append('\n');
        html.Append(bars.Render(
            most > 1 ? [Plain(most), Plain(most / 2), "0"] : ["1", "0"],
            most,
            [
                ("all", bar => (chart.Bars[bar].Ci ?? 0, chart.Bars[bar].Installs)),
                ("ci", bar => (0, chart.Bars[bar].Ci ?? 0)),
            ]));
        if (chart.Bars.Any(bar => bar.Ci > 0))
            html.Append($"""<p class="quiet">{texts["installs.ciNote"]}</p>""").Append('\n');
        html.Append($"""
            <details class="numbers"><summary>{texts["installs.table"]}</summary><div class="table" tabindex="0" role="region" aria-label="{texts["installs.table"]}"><table>
            <thead><tr><th scope="col">{texts[KeyOf(chart.Step)]}</th><th scope="col">{texts["installs.title"]}</th><th scope="col">{texts["installs.inCi"]}</th></tr></thead>
            <tbody>

            """);
        for (var bar = chart.Bars.Count - 1; bar >= 0; bar--)
            html.Append($"""<tr><th scope="row">{bars.NameOf(bar)}</th><td>{Count(chart.Bars[bar].Installs)}</td><td>{Ci(chart.Bars[bar].Ci, null, texts)}</td></tr>""").Append('\n');
        return html.Append("</tbody></table></div></details></section>\n").ToString();
    }

    /// <summary>The key of what a bar stands for.</summary>
    internal static string KeyOf(ChartStep step) => $"installs.{ChartSteps.NameOf(step)}";

    /// <summary>The next round number, whose half is a whole number too.</summary>
    internal static long Ceiling(long most)
    {
        for (long power = 1; ; power *= 10)
        {
            foreach (var factor in new[] { 1, 2, 3, 4, 6, 8 })
            {
                if (factor * power >= most && (factor * power == 1 || factor * power % 2 == 0))
                    return factor * power;
            }
        }
    }
}
