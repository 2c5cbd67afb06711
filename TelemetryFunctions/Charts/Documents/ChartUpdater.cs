using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Charts.Overview;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Documents;

/// <summary>
/// Brings the chart documents up to what is summarized: each is its predecessor and the points since, so that one run costs the
/// same however many days it has caught up. A document that is lost is made of all points, and one of a chart that is not listed
/// any more is deleted.
/// </summary>
public sealed partial class ChartUpdater(
    ChartStore charts, ChartSeriesList series, PointStore points, ChartMarks chartMarks, MetricCatalogue catalogue, ILogger<ChartUpdater> logger)
    : ISummaryObserver
{
    private const int AtOnce = 4;

    public async Task SummarizedAsync(ISummarySource source, SummaryProgress progress, CancellationToken cancellation)
    {
        if (source.Name != ReportSource.SourceName)
            return;

        if (progress is not { First: { } first, Through: { } through })
        {
            // All that was done was taken back.
            await charts.KeepOnlyAsync(FrozenSet<string>.Empty, cancellation);
            return;
        }

        var throughMs = through.ToUnixTimeMilliseconds();
        var span = new ChartSpan(first.ToUnixTimeMilliseconds(), throughMs, throughMs);
        var marks = await chartMarks.ReadAsync(cancellation);
        var overview = new OverviewBuilder(catalogue, span);
        var listed = await series.ListAsync(through, cancellation);
        await Parallel.ForEachAsync(
            listed,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (chart, token) =>
            {
                var data = await UpdateAsync(chart, marks, first, through, token);
                if (chart.IsDefault)
                    overview.Add(chart.Id, data);
            });

        await charts.KeepOnlyAsync(listed.Select(chart => chart.Series.Partition).Append(ChartStore.Overview).ToFrozenSet(), cancellation);
        var document = JsonSerializer.SerializeToUtf8Bytes(marks.On(overview.Build(), span), ApiJson.Default.OverviewDocument);
        await WriteAsync(ChartStore.Overview, ChartBody.Of(document, ChartBody.Json, quality: Compression.BestQuality), [], through, cancellation);
        if (await chartMarks.AreChangedAsync(cancellation))
            await chartMarks.NoteAsync(cancellation);
        Log.Updated(logger, through);
    }

    public async Task<bool> IsDueAsync(ISummarySource source, CancellationToken cancellation) =>
        source.Name == ReportSource.SourceName && await chartMarks.AreChangedAsync(cancellation);

    /// <summary>Makes every document again of all points, for when they were lost or their titles have changed.</summary>
    public async Task RebuildAsync(ISummarySource source, SummaryProgress progress, CancellationToken cancellation)
    {
        await charts.KeepOnlyAsync(FrozenSet<string>.Empty, cancellation);
        await SummarizedAsync(source, progress, cancellation);
    }

    private async Task<ChartData> UpdateAsync(ChartOfSeries chart, MarkList marks, DateTimeOffset first, DateTimeOffset through, CancellationToken cancellation)
    {
        var stored = await charts.ReadAsync(chart.Series.Partition, cancellation);
        var data = Read(stored, chart, first, through);
        await points.AddToAsync(data, chart.Series, through, cancellation);
        data.Extend(through.ToUnixTimeMilliseconds());

        var document = marks.On(data.ToDocument(chart.Id, through.ToUnixTimeMilliseconds()), chart.Id);
        await WriteAsync(
            chart.Series.Partition,
            ChartBody.Of(JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Default.ChartDocument), ChartBody.Json),
            ChartCodec.Write(data),
            through,
            cancellation);
        return data;
    }

    private ChartData Read(StoredChart? stored, ChartOfSeries chart, DateTimeOffset first, DateTimeOffset through)
    {
        try
        {
            // One that goes on later is of a clock that was ahead, which was taken back.
            if (stored is not null
                && ChartCodec.Read(stored.Data) is var data
                && data.FirstMs == first.ToUnixTimeMilliseconds()
                && data.EndMs <= through.ToUnixTimeMilliseconds())
                return data;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Log.Unreadable(logger, e, chart.Series.Partition);
        }

        return new ChartData(first.ToUnixTimeMilliseconds());
    }

    private Task WriteAsync(string partition, ChartBody body, byte[] data, DateTimeOffset through, CancellationToken cancellation) => charts.WriteAsync(
        partition, new StoredChart(body.Tag, through.ToUnixTimeMilliseconds(), data, body.Brotli, body.Gzip), cancellation);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The charts are up to {Through:u}")]
        public static partial void Updated(ILogger logger, DateTimeOffset through);

        [LoggerMessage(2, LogLevel.Warning, "The chart {Partition} can't be read and is made again of all points")]
        public static partial void Unreadable(ILogger logger, Exception error, string partition);
    }
}
