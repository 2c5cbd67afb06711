using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Page;

/// <summary>What the catalogue says of a metric.</summary>
internal static class CatalogueEntryHtml
{
    // A few show what is meant; a sample may have many.
    private const int MaxSampleValues = 6;

    public static string Render(Metric metric, ReportOptions reports)
    {
        var story = metric.Story;
        return $"""
            <article id="{metric.Id}">
            <h4>{PageHead.Text(metric.Title)}</h4>
            <p>{PageHead.Text(story.Question)}</p>
            <dl>
            <dt>Field of the report</dt><dd>{(metric.FieldName is { } field ? $"<code>{PageHead.Text(field)}</code>" : "None but the id: reports are counted.")}</dd>
            <dt>Example</dt>{Example(metric)}
            <dt>How it is summarized</dt><dd>{PageHead.Text(metric.Kind.Description)}{(metric.Kind.CountsYoung && reports.MinimumAgeDays > 0 ? " New systems count too." : "")}</dd>
            <dt>Where few have it</dt><dd>{FewSystems.Of(metric, reports.MinimumLabelSystems)}</dd>
            <dt>Counted out of</dt><dd>{PageHead.Text(metric.OutOf)}</dd>
            <dt>Personal data</dt><dd>{(story.IsPersonal ? "Yes." : "No.")} {PageHead.Text(story.Privacy)}</dd>
            <dt>Since</dt><dd>version {PageHead.Text(story.Since)}, {Status(story.Status)}</dd>
            </dl>
            {Chart(metric)}
            </article>

            """;
    }

    private static string Example(Metric metric)
    {
        var example = metric.Story.Example.Length > 0 ? $"<dd>{PageHead.Text(metric.Story.Example)}</dd>" : "";
        if (metric.Sample is not { Values: var values })
            return example;

        var shown = values.Take(MaxSampleValues).Select(value => $"<code>{PageHead.Text(MetricSample.Write(value))}</code>");
        return $"{example}<dd>A system sends a value such as {string.Join(", ", shown)}{(values.Count > MaxSampleValues ? " …" : ".")}</dd>";
    }

    private static string Chart(Metric metric) => metric.Kind.IsPerName
        ? "<p><a href=\"./charts\">All of its charts</a></p>"
        : $"<p><a href=\"./charts/{metric.Id}?format=csv\">All of its data as CSV<span class=\"visually-hidden\">: {PageHead.Text(metric.Title)}</span></a></p>";

    private static string Status(MetricStatus status) => status switch
    {
        MetricStatus.Stable => "stable: its name and meaning stay",
        MetricStatus.Deprecated => "deprecated: it will be removed",
        _ => "experimental: it may change",
    };
}
