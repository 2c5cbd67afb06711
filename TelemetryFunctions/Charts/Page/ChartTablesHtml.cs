using System.Globalization;
using System.Text;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Charts.Overview;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Page;

/// <summary>The last days of every chart as tables, for those without JavaScript.</summary>
internal static class ChartTablesHtml
{
    private const int LastDays = 30;

    public static string Render(OverviewDocument overview, Texts texts)
    {
        if (overview.Times.Count == 0)
            return $"<p>{texts["tables.noDay"]}</p>\n";

        var html = new StringBuilder();
        foreach (var group in overview.Metrics.GroupBy(metric => metric.Group))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{PageHead.Text(group.Key)}</h2>\n");
            foreach (var metric in group)
                Append(html, overview, metric, texts);
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, OverviewDocument overview, OverviewMetric metric, Texts texts)
    {
        var title = PageHead.Text(metric.Title);
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"card\"><h3><bdi>{title}</bdi></h3>\n<p>{PageHead.Text(metric.Question)} {texts.Html("tables.countedOutOf", ("outOf", texts.OutOf(metric.OutOf)))} ");
        html.Append(texts.Html("tables.links", ("href", texts.Link("." + metric.Catalogue)), ("title", metric.Title), ("files", Files(metric, texts)))).Append("</p>\n");
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{texts.Html("tables.region", ("title", metric.Title), ("days", LastDays))}\"><table><thead><tr><th scope=\"col\">{texts["tables.day"]}");
        var series = metric.Series.Where(series => series.Values.TakeLast(LastDays).Any(value => value is not (null or 0))).ToList();
        foreach (var label in series)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"><bdi>{PageHead.Text(texts.Label(label.Label))}</bdi>");
        var marks = MarksOf(overview, metric);
        html.Append(marks.Count > 0 ? $"<th scope=\"col\" class=\"marks\">{texts["charts.marked"]}" : "").Append("<tbody>\n");
        for (var i = overview.Times.Count - 1; i >= Math.Max(0, overview.Times.Count - LastDays); i--)
        {
            var day = string.Create(CultureInfo.InvariantCulture, $"{ChartQuery.Day(overview.Times[i]):yyyy-MM-dd}");
            var isOpen = overview.Provisional && i == overview.Times.Count - 1;
            html.Append($"<tr><th scope=\"row\">{(isOpen ? texts.Html("tables.soFar", ("day", day)) : day)}");
            foreach (var label in series)
                html.Append(CultureInfo.InvariantCulture, $"<td>{label.Values[i]}");
            if (marks.Count > 0)
                html.Append("<td class=\"marks\">").AppendJoin("", marks[ChartQuery.Day(overview.Times[i])].Select(mark => Say(mark, texts)));
            html.Append('\n');
        }

        html.Append("</table></div></section>\n");
    }

    /// <summary>What there is to tell of the days that are shown.</summary>
    private static ILookup<DateOnly, ChartMark> MarksOf(OverviewDocument overview, OverviewMetric metric)
    {
        var first = ChartQuery.Day(overview.Times[Math.Max(0, overview.Times.Count - LastDays)]);
        return (overview.Marks ?? []).Where(mark => mark.Day >= first && mark.IsOn(metric.Id)).ToLookup(mark => mark.Day);
    }

    private static string Say(ChartMark mark, Texts texts)
    {
        var text = PageHead.Text(mark.Text(texts));
        return $"<p class=\"mark\"><bdi>{(mark.Link is { } link ? $"<a href=\"{PageHead.Text(link)}\" rel=\"noopener noreferrer\">{text}</a>" : text)}</bdi></p>";
    }

    /// <summary>A link to the CSV of every breakdown.</summary>
    private static Markup Files(OverviewMetric metric, Texts texts) => new(string.Join(", ", metric.Breakdowns.DefaultIfEmpty("").Select(by =>
    {
        var (query, name) = by.Length == 0 ? ("", texts["tables.csv"]) : ($"by={by}&amp;", texts.Html("tables.csvBy", ("by", by)));
        var of = texts.Html("tables.of", ("title", metric.Title));
        return $"<a href=\"{PageHead.Relative(metric.Href)}?{query}format=csv\">{name}<span class=\"visually-hidden\">{of}</span></a>";
    })));
}
