using TelemetryFunctions.Languages;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Page;

/// <summary>What the catalogue says of a metric.</summary>
internal static class CatalogueEntryHtml
{
    // A few show what is meant; a sample may have many.
    private const int MaxSampleValues = 6;

    public static string Render(Metric metric, ReportOptions reports, Texts texts)
    {
        var story = metric.Story;
        return $"""
            <article id="{metric.Id}">
            <h4>{PageHead.Text(metric.Title)}</h4>
            <p>{PageHead.Text(story.Question)}</p>
            <dl>
            <dt>{texts["entry.field"]}</dt><dd>{(metric.FieldName is { } field ? $"<code>{PageHead.Text(field)}</code>" : texts["entry.noField"])}</dd>
            <dt>{texts["entry.example"]}</dt>{Example(metric, texts)}
            <dt>{texts["entry.summarized"]}</dt><dd>{Summarized(metric, texts)}{(metric.Kind.CountsYoung && reports.MinimumAgeDays > 0 ? $" {texts["entry.newCountToo"]}" : "")}</dd>
            <dt>{texts["entry.few"]}</dt><dd>{FewSystems.Of(metric, reports.MinimumLabelSystems, texts)}</dd>
            <dt>{texts["entry.outOf"]}</dt><dd>{PageHead.Text(texts.OutOf(metric.OutOf))}</dd>
            <dt>{texts["entry.personal"]}</dt><dd>{texts[story.IsPersonal ? "entry.yes" : "entry.no"]} {PageHead.Text(story.Privacy)}</dd>
            <dt>{texts["entry.since"]}</dt><dd>{texts.Html("entry.sinceVersion", ("version", story.Since), ("status", texts[KeyOf(story.Status)]))}</dd>
            </dl>
            {Chart(metric, texts)}
            </article>

            """;
    }

    private static string Summarized(Metric metric, Texts texts) => metric.Kind == MetricKind.Mean
        ? texts.Html("entry.mean", ("percentiles", MeanAccumulator.MinimumOfPercentiles), ("many", NumberSummary.ManyNumbers), ("absurd", NumberSummary.AbsurdFactor))
        : texts[$"entry.{metric.Kind.Name}"];

    private static string Example(Metric metric, Texts texts)
    {
        var example = metric.Story.Example.Length > 0 ? $"<dd>{PageHead.Text(metric.Story.Example)}</dd>" : "";
        if (metric.Sample is not { Values: var values })
            return example;

        var shown = values.Take(MaxSampleValues).Select(value => $"<code>{PageHead.Text(MetricSample.Write(value))}</code>");
        var key = values.Count > MaxSampleValues ? "entry.sampleOfMany" : "entry.sample";
        return $"{example}<dd>{texts.Html(key, ("values", new Markup(string.Join(", ", shown))))}</dd>";
    }

    private static string Chart(Metric metric, Texts texts) => metric.Kind.IsPerName
        ? $"<p><a href=\"./charts\">{texts["entry.allCharts"]}</a></p>"
        : $"<p><a href=\"./charts/{metric.Id}?format=csv\">{texts["entry.allData"]}<span class=\"visually-hidden\">{texts.Html("entry.allDataOf", ("title", metric.Title))}</span></a></p>";

    private static string KeyOf(MetricStatus status) => status switch
    {
        MetricStatus.Stable => "entry.stable",
        MetricStatus.Deprecated => "entry.deprecated",
        _ => "entry.experimental",
    };
}
