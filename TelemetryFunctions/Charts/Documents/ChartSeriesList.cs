using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Documents;

/// <summary>
/// What charts there are: those of the catalogue and, of metrics with a chart a name, those of names that were published lately.
/// </summary>
/// <remarks>
/// Those that are listed have a document that each run renews; a chart of a name that has left is made of its points when it is
/// asked for.
/// </remarks>
public sealed class ChartSeriesList(PointStore points, SummaryProgressStore progressStore, LabelAudit audit, MetricCatalogue catalogue, ReportOptions options)
{
    /// <summary>Names of one metric that are listed: those published last and, of these, those that have been there longest.</summary>
    public int MaxNames { get; init; } = ReportNames.MaxNames;

    /// <summary>The charts, in the order of the page.</summary>
    /// <param name="before">Only those with points before this moment; null lists all.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<ChartId>> ListChartsAsync(DateTimeOffset? before, CancellationToken cancellation)
    {
        var spans = await points.ReadSeriesAsync(cancellation)
            .Where(span => span.Series.Name is not null && (before is null || span.FirstMs < before.Value.ToUnixTimeMilliseconds()))
            .ToLookupAsync(span => span.Series.Metric, cancellationToken: cancellation);
        var last = spans.SelectMany(spans => spans).Select(span => span.LastMs).DefaultIfEmpty().Max();
        var left = (before ?? DateTimeOffset.FromUnixTimeMilliseconds(last)).AddDays(-options.RawRetentionDays).ToUnixTimeMilliseconds();
        var (progress, _) = await progressStore.ReadAsync(ReportSource.SourceName, cancellation);
        return
        [
            .. catalogue.Metrics.Where(metric => !progress.Withholds(metric))
                .SelectMany(metric => Charts(metric, spans[metric.Id].Where(span => span.LastMs >= left && audit.MayShow(span.Series)))),
        ];
    }

    /// <summary>The charts in each of their breakdowns.</summary>
    public async Task<IReadOnlyList<ChartOfSeries>> ListAsync(DateTimeOffset? before, CancellationToken cancellation) =>
        [.. (await ListChartsAsync(before, cancellation)).SelectMany(ChartOfSeries.All)];

    private IEnumerable<ChartId> Charts(Metric metric, IEnumerable<SeriesSpan> spans) =>
        metric.Kind.IsPerName
            ? spans
                .OrderByDescending(span => span.LastMs)
                .ThenBy(span => span.FirstMs)
                .ThenBy(span => span.Series.Name, StringComparer.Ordinal)
                .Select(span => span.Series.Name!)
                .Distinct()
                .Take(MaxNames)
                .OrderBy(name => name, metric.Kind.LabelOrder)
                .Select(name => new ChartId(metric, name))
            : [new ChartId(metric, null)];
}

/// <summary>A chart in one breakdown: what a series is drawn as.</summary>
public sealed record ChartOfSeries(ChartId Id, string? By)
{
    public SeriesKey Series => new(Id.Metric.Id, By, Id.Name);

    /// <summary>True for the breakdown that is shown where none is asked for.</summary>
    public bool IsDefault => By == Id.Metric.Kind.Breakdowns.FirstOrDefault();

    /// <summary>A chart in each of its breakdowns.</summary>
    public static IEnumerable<ChartOfSeries> All(ChartId chart) =>
        chart.Metric.Kind.Breakdowns.Cast<string?>().DefaultIfEmpty().Select(by => new ChartOfSeries(chart, by));
}
