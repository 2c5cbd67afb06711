using System.Text.Json;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Charts;

/// <summary>Whole charts, compressed, as they are stored; kept in memory while they are the ones stored.</summary>
public sealed class ChartBodies(ChartReader reader, ChartStore charts, SummaryProgressStore progressStore)
{
    private readonly BodyCache _cache = new();

    /// <summary>A chart, or null where there is none by that id.</summary>
    public Task<ChartBody?> FindAsync(ChartOfSeries chart, CancellationToken cancellation) => FindAsync(
        chart.Series.Partition,
        async () => await reader.ReadAsync(chart, cancellation) is { } document
            ? ChartBody.Of(JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Default.ChartDocument), ChartBody.Json, EndMs(document.Through))
            : null,
        cancellation);

    /// <summary>The list of charts.</summary>
    public async Task<ChartBody> GetListAsync(CancellationToken cancellation)
    {
        var body = await MakeAsync(
            "/charts",
            async () => ChartBody.Of(
                JsonSerializer.SerializeToUtf8Bytes(await reader.ListAsync(cancellation), ApiJson.Default.IReadOnlyListChartEntry), ChartBody.Json),
            cancellation);
        return body!;
    }

    /// <summary>The overview.</summary>
    public async Task<ChartBody> GetOverviewAsync(CancellationToken cancellation)
    {
        var body = await FindAsync(
            ChartStore.Overview,
            async () =>
            {
                var document = await reader.ReadOverviewAsync(cancellation);
                return ChartBody.Of(JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Default.OverviewDocument), ChartBody.Json, EndMs(document.Through));
            },
            cancellation);
        return body!;
    }

    private async Task<ChartBody?> FindAsync(string partition, Func<Task<ChartBody?>> make, CancellationToken cancellation)
    {
        if (!reader.ShowsOpenDays && await charts.FindTagAsync(partition, cancellation) is { } tag)
        {
            var body = await _cache.GetAsync(partition, tag, () => ReadAsync(partition, cancellation));
            if (body is not null)
                return body;
        }

        return await MakeAsync(partition, make, cancellation);
    }

    private async Task<ChartBody?> MakeAsync(string key, Func<Task<ChartBody?>> make, CancellationToken cancellation)
    {
        // Days that are not over change with every run, and every run writes the progress.
        var (_, version) = await progressStore.ReadAsync(ReportSource.SourceName, cancellation);
        return await _cache.GetAsync(key, version ?? "", make);
    }

    private async Task<ChartBody?> ReadAsync(string partition, CancellationToken cancellation) =>
        await charts.ReadAsync(partition, cancellation) is { } stored
            ? new ChartBody(stored.Tag, ChartBody.Json, stored.ThroughMs, Compression.ReadBrotli(stored.Brotli), stored.Brotli, stored.Gzip)
            : null;

    private static long? EndMs(DateOnly? through) => through is { } day ? ChartQuery.Ms(day.AddDays(1)) : null;
}
