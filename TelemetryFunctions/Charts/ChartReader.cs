using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts;

/// <summary>Makes chart documents of the points in SUMMARY.</summary>
public sealed class ChartReader(PointStore points, SummaryProgressStore progressStore, MetricCatalogue catalogue)
{
    private static readonly long DayMs = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    /// <summary>The charts there are: those of the catalogue and, of metrics with a chart a name, those of names that were published.</summary>
    public async Task<IReadOnlyList<ChartEntry>> ListAsync(CancellationToken cancellation)
    {
        var names = await points.ReadSeriesAsync(cancellation)
            .Where(span => span.Series.Name is not null)
            .Select(span => (span.Series.Metric, Name: span.Series.Name!))
            .Distinct()
            .ToListAsync(cancellation);
        return [.. catalogue.Metrics.SelectMany(metric => Charts(metric, names)).Select(chart => chart.ToEntry())];
    }

    /// <summary>A chart's data, or null where there is none by that id.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="by">One of its metric's breakdowns; null where it has none.</param>
    /// <param name="withProvisional">Whether days that are not done are shown.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ChartDocument?> ReadAsync(ChartId chart, string? by, bool withProvisional, CancellationToken cancellation)
    {
        var (progress, _) = await progressStore.ReadAsync(ReportSource.SourceName, cancellation);
        var through = progress.Through?.ToUnixTimeMilliseconds() ?? 0;
        var builder = new ChartBuilder(chart.Metric.Kind);
        if (progress is { First: { } first, Through: { } end })
            builder.AddTimes(first.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), DayMs);

        var hasPoints = false;
        await foreach (var (ms, label, value) in points.ReadPointsAsync(new SeriesKey(chart.Metric.Id, by, chart.Name), DateTimeOffset.UnixEpoch, cancellation))
        {
            hasPoints = true;
            if (ms < through || withProvisional)
                builder.Add(ms, label, value);
        }

        if (chart.Name is not null && !hasPoints)
            return null;

        DateOnly? lastDay = progress.Through is { } done ? DateOnly.FromDateTime(done.UtcDateTime).AddDays(-1) : null;
        var isProvisional = builder.Times.Count > 0 && builder.Times[^1] >= through;
        return new ChartDocument(chart.Id, chart.Title, chart.Metric.Unit, lastDay, isProvisional, builder.Times, builder.Build());
    }

    private static IEnumerable<ChartId> Charts(Metric metric, List<(string Metric, string Name)> names) =>
        !metric.Kind.IsPerName
            ? [new ChartId(metric, null)]
            : names.Where(name => name.Metric == metric.Id)
                .OrderBy(name => name.Name, metric.Kind.LabelOrder)
                .Select(name => new ChartId(metric, name.Name));
}
