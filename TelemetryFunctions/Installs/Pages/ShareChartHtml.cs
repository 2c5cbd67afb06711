using System.Globalization;
using System.Text;
using static TelemetryFunctions.Installs.Pages.InstallPageLayout;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>A chart of shares as HTML: bars of equal height, parted by label, and the numbers as a table.</summary>
internal static class ShareChartHtml
{
    /// <summary>A section with a chart; nothing where there is nothing to publish.</summary>
    public static string Render(string title, ShareChart chart)
    {
        if (chart.Series.Count == 0)
            return "";

        var html = new StringBuilder($"""<section class="card shares"><header><h3>{Text(title)}</h3></header>""").Append('\n');
        html.Append(Draw(title, chart)).Append("<ul>");
        foreach (var (index, series) in chart.Series.Index())
            html.Append($"""<li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="{ClassOf(series, index)}" width="1" height="1"/></svg>{Text(series.Label)}</li>""");
        html.Append("</ul>\n").Append($"""
            <details class="numbers"><summary>Show as table</summary><div class="table" tabindex="0" role="region" aria-label="{Text(title)}"><table>
            <thead><tr><th scope="col">{ChartSteps.TitleOf(chart.Step)}</th>
            """);
        foreach (var series in chart.Series)
            html.Append($"""<th scope="col">{Text(series.Label)}</th>""");
        html.Append("</tr></thead><tbody>\n");
        for (var bar = chart.Starts.Count - 1; bar >= 0; bar--)
        {
            html.Append($"""<tr><th scope="row">{ChartFrame.Label(chart.Step, chart.Starts[bar])}</th>""");
            foreach (var series in chart.Series)
                html.Append($"<td>{Percent(series.Values[bar], Total(chart, bar))}</td>");
            html.Append("</tr>\n");
        }

        return html.Append("</tbody></table></div></details></section>\n").ToString();
    }

    private static string Draw(string title, ShareChart chart)
    {
        var svg = ChartFrame.Begin($"{Text(title)}, shares by {ChartSteps.NameOf(chart.Step)}");
        foreach (var share in new[] { 0, 0.5, 1 })
            ChartFrame.Line(svg, share, string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %"));

        var done = new double[chart.Starts.Count];
        foreach (var (index, series) in chart.Series.Index())
        {
            // A path a label, not a rectangle a value: the page stays small.
            svg.Append($"<path class=\"{ClassOf(series, index)}\" d=\"");
            for (var bar = 0; bar < done.Length; bar++)
            {
                if (series.Values[bar] is not { } installs)
                    continue;

                var (x, width) = ChartFrame.Bar(bar, done.Length);
                var height = ChartFrame.PlotHeight * (double)installs / Total(chart, bar);
                done[bar] += height;
                svg.Append(CultureInfo.InvariantCulture, $"M{x:0.##} {ChartFrame.Top + ChartFrame.PlotHeight - done[bar]:0.##}h{width:0.##}v{height:0.##}h-{width:0.##}z");
            }

            svg.Append($"\"><title>{Text(series.Label)}</title></path>\n");
        }

        return ChartFrame.End(svg, chart.Step, chart.Starts);
    }

    private static long Total(ShareChart chart, int bar) => chart.Series.Sum(series => series.Values[bar] ?? 0);

    private static string Percent(long? installs, long total) =>
        installs is { } known ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * known / total:0.0} %") : "";

    private static string ClassOf(ShareSeries series, int index) =>
        series.Label == InstallCounts.Other ? "rest" : string.Create(CultureInfo.InvariantCulture, $"label-{index}");
}
