using System.Globalization;
using System.Text;
using TelemetryFunctions.Charts.Overview;

namespace TelemetryFunctions.Charts.Page;

/// <summary>The last days of every chart as tables, for those without JavaScript.</summary>
internal static class ChartTablesHtml
{
    private const int LastDays = 30;

    public static string Render(OverviewDocument overview)
    {
        if (overview.Times.Count == 0)
            return "<p>No day has been summarized yet.</p>\n";

        var html = new StringBuilder();
        foreach (var group in overview.Metrics.GroupBy(metric => metric.Group))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{PageHead.Text(group.Key)}</h2>\n");
            foreach (var metric in group)
                Append(html, overview, metric);
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, OverviewDocument overview, OverviewMetric metric)
    {
        var title = PageHead.Text(metric.Title);
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"card\"><h3><bdi>{title}</bdi></h3>\n<p>{PageHead.Text(metric.Question)} Counted out of {PageHead.Text(metric.OutOf)}. ");
        html.Append(CultureInfo.InvariantCulture, $"<a href=\"{PageHead.Relative(metric.Catalogue)}\">About {title}</a>, all of its data as {Files(metric, title)}.</p>\n");
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{title}, last {LastDays} days\"><table><thead><tr><th scope=\"col\">Day");
        var series = metric.Series.Where(series => series.Values.TakeLast(LastDays).Any(value => value is not (null or 0))).ToList();
        foreach (var label in series)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"><bdi>{PageHead.Text(label.Label)}</bdi>");
        html.Append("<tbody>\n");
        for (var i = overview.Times.Count - 1; i >= Math.Max(0, overview.Times.Count - LastDays); i--)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{ChartQuery.Day(overview.Times[i]):yyyy-MM-dd}");
            if (overview.Provisional && i == overview.Times.Count - 1)
                html.Append(" so far");
            foreach (var label in series)
                html.Append(CultureInfo.InvariantCulture, $"<td>{label.Values[i]}");
            html.Append('\n');
        }

        html.Append("</table></div></section>\n");
    }

    /// <summary>A link to the CSV of every breakdown.</summary>
    private static string Files(OverviewMetric metric, string title) => string.Join(", ", metric.Breakdowns.DefaultIfEmpty("").Select(by =>
        by.Length == 0
            ? $"<a href=\"{PageHead.Relative(metric.Href)}?format=csv\">CSV<span class=\"visually-hidden\"> of {title}</span></a>"
            : $"<a href=\"{PageHead.Relative(metric.Href)}?by={by}&amp;format=csv\">CSV by {by}<span class=\"visually-hidden\"> of {title}</span></a>"));
}
