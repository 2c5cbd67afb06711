using System.Globalization;
using System.Text;
using TelemetryFunctions.Languages;
using static TelemetryFunctions.Installs.Pages.InstallPageLayout;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>A chart of shares as HTML: bars of equal height, parted by label, and the numbers as a table.</summary>
internal static class ShareChartHtml
{
    /// <summary>A section with a chart; nothing where there is nothing to publish.</summary>
    /// <param name="title">Its title, as text.</param>
    /// <param name="chart">The shares.</param>
    /// <param name="through">Until when it is counted.</param>
    /// <param name="texts">The language.</param>
    /// <param name="note">What is said below, as HTML.</param>
    public static string Render(string title, ShareChart chart, DateTimeOffset? through, Texts texts, string note = "")
    {
        if (chart.Series.Count == 0)
            return "";

        var bars = new BarsHtml(
            texts.Say($"installs.sharesBy{chart.Step}", ("title", title), ("day", chart.Starts[0].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
            chart.Step, chart.Starts, ChartSteps.IsOpen(chart.Step, chart.Starts[^1], through), texts);
        var html = new StringBuilder($"""<section class="card shares"><header><h3>{Text(title)}</h3></header>""").Append('\n');
        html.Append(bars.Render(["100 %", "50 %", "0 %"], 1, Parts(chart))).Append("<ul>");
        foreach (var (index, series) in chart.Series.Index())
            html.Append($"""<li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="{ClassOf(series, index)}" width="1" height="1"/></svg><bdi>{Text(texts.Label(series.Label))}</bdi></li>""");
        html.Append("</ul>\n").Append(note).Append($"""
            <details class="numbers"><summary>{texts.Html("installs.tableOf", ("title", title))}</summary><div class="table" tabindex="0" role="region" aria-label="{Text(title)}"><table>
            <thead><tr><th scope="col">{texts[InstallChartHtml.KeyOf(chart.Step)]}</th>
            """);
        foreach (var series in chart.Series)
            html.Append($"""<th scope="col"><bdi>{Text(texts.Label(series.Label))}</bdi></th>""");
        html.Append("</tr></thead><tbody>\n");
        for (var bar = chart.Starts.Count - 1; bar >= 0; bar--)
        {
            html.Append($"""<tr><th scope="row">{bars.NameOf(bar)}</th>""");
            foreach (var series in chart.Series)
                html.Append($"<td>{(series.Values[bar] is { } installs ? PageNumbers.Percent((double)installs / Total(chart, bar), texts) : "")}</td>");
            html.Append("</tr>\n");
        }

        return html.Append("</tbody></table></div></details></section>\n").ToString();
    }

    private static IEnumerable<(string Class, Func<int, (double From, double To)?> Of)> Parts(ShareChart chart)
    {
        var done = new double[chart.Starts.Count];
        foreach (var (index, series) in chart.Series.Index())
        {
            var below = done.ToArray();
            for (var bar = 0; bar < done.Length; bar++)
                done[bar] += series.Values[bar] is { } installs ? (double)installs / Total(chart, bar) : 0;
            var upTo = done.ToArray();
            yield return (ClassOf(series, index), bar => (below[bar], upTo[bar]));
        }
    }

    private static long Total(ShareChart chart, int bar) => chart.Series.Sum(series => series.Values[bar] ?? 0);

    private static string ClassOf(ShareSeries series, int index) =>
        series.Label == InstallCounts.Other ? "rest" : string.Create(CultureInfo.InvariantCulture, $"label-{index}");
}
