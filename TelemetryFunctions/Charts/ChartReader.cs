using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Charts.Overview;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts;

/// <summary>
/// Reads charts: what is stored, and in development what was summarized of days that are not over. A chart whose document is lost
/// is made of its points.
/// </summary>
public sealed class ChartReader(
    ChartStore charts,
    PointStore points,
    SummaryProgressStore progressStore,
    ChartSeriesList series,
    LabelAudit audit,
    ChartMarks marks,
    MetricCatalogue catalogue,
    IConfiguration configuration)
{
    /// <summary>True where days that are not over are shown.</summary>
    public bool ShowsOpenDays { get; } = configuration.IsDevelopment();

    /// <summary>The charts there are.</summary>
    public async Task<IReadOnlyList<ChartEntry>> ListAsync(CancellationToken cancellation) =>
        [.. (await series.ListChartsAsync(null, cancellation)).Select(chart => chart.ToEntry())];

    /// <summary>The charts there are, in each of their breakdowns.</summary>
    public Task<IReadOnlyList<ChartOfSeries>> ListSeriesAsync(CancellationToken cancellation) => series.ListAsync(null, cancellation);

    /// <summary>A chart's data, or null where there is none by that id, or it is withheld.</summary>
    public async Task<ChartDocument?> ReadAsync(ChartOfSeries chart, CancellationToken cancellation) =>
        await ReadValuesAsync(chart, cancellation) is { } document ? (await marks.ReadAsync(cancellation)).On(document, chart.Id) : null;

    private async Task<ChartDocument?> ReadValuesAsync(ChartOfSeries chart, CancellationToken cancellation)
    {
        var stored = await charts.ReadAsync(chart.Series.Partition, cancellation);
        if (stored is not null && !ShowsOpenDays)
            return ChartCodec.Read(stored.Data).ToDocument(chart.Id, stored.ThroughMs);

        // A name that waits to be published has points already.
        if (chart.Id.Name is not null && stored is null && !await points.HasSeriesAsync(chart.Series, cancellation))
            return null;

        // What is withheld has no document either.
        var (progress, _) = await progressStore.ReadAsync(ReportSource.SourceName, cancellation);
        if (progress.Withholds(chart.Id.Metric) || !audit.MayShow(chart.Series))
            return null;

        var span = await FindSpanAsync(progress, cancellation);
        var data = await ReadAsync(chart, stored, span, cancellation);
        return chart.Id.Name is null || data.Columns.Count > 0 ? data.ToDocument(chart.Id, span.ThroughMs) : null;
    }

    /// <summary>All charts at page resolution, made of every chart that is listed.</summary>
    public async Task<OverviewDocument> ReadOverviewAsync(CancellationToken cancellation)
    {
        var (progress, _) = await progressStore.ReadAsync(ReportSource.SourceName, cancellation);
        var span = await FindSpanAsync(progress, cancellation);
        var builder = new OverviewBuilder(catalogue, span);
        foreach (var chart in (await series.ListAsync(null, cancellation)).Where(chart => chart.IsDefault))
        {
            var stored = await charts.ReadAsync(chart.Series.Partition, cancellation);
            var data = await ReadAsync(chart, stored, span, cancellation);
            if (chart.Id.Name is null || data.Columns.Count > 0)
                builder.Add(chart.Id, data);
        }

        return (await marks.ReadAsync(cancellation)).On(builder.Build(), span);
    }

    private async Task<ChartData> ReadAsync(ChartOfSeries chart, StoredChart? stored, ChartSpan span, CancellationToken cancellation)
    {
        var data = stored is null ? new ChartData(span.FirstMs) : ChartCodec.Read(stored.Data);
        await points.AddToAsync(data, chart.Series, DateTimeOffset.FromUnixTimeMilliseconds(span.EndMs), cancellation);
        data.Extend(span.EndMs);
        return data;
    }

    private async Task<ChartSpan> FindSpanAsync(SummaryProgress progress, CancellationToken cancellation)
    {
        var first = progress.First?.ToUnixTimeMilliseconds();
        var through = progress.Through?.ToUnixTimeMilliseconds();
        if (!ShowsOpenDays)
            return new ChartSpan(first ?? 0, through, through ?? 0);

        var spans = await points.ReadSeriesAsync(cancellation).Where(span => catalogue.Find(span.Series.Metric) is not null).ToListAsync(cancellation);
        var firstMs = first ?? spans.Select(span => span.FirstMs).DefaultIfEmpty().Min();
        var lastEndMs = spans.Select(span => span.LastMs + ChartData.DayMs).DefaultIfEmpty(firstMs).Max();
        return new ChartSpan(firstMs, through, Math.Max(through ?? 0, lastEndMs));
    }
}
