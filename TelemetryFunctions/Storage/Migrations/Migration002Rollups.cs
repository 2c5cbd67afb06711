using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Storage.Migrations;

/// <summary>
/// Rollups of events were points of SUMMARY, a row each, of series that lists of their own in SERIES named; now all numbers of a rollup in a
/// window are one row of ROLLUPS.
/// </summary>
public sealed class Migration002Rollups : IMigration
{
    private static readonly string[] OldLists = ["events-days", "events-hours", "events-users"];

    public int Number => 2;

    public IReadOnlyList<TableSchema> Tables { get; } = [PointStore.Series, PointStore.Summary, RollupStore.Table];

    public bool ChangesCharts => false;

    public string Pre => "copies the rollups of events from SUMMARY to ROLLUPS";

    public string Post => "deletes the old rollups from SUMMARY and SERIES";

    public async Task PreAsync(ITableStore store, CancellationToken cancellation)
    {
        var (points, rollups) = (new PointStore(store), new RollupStore(store));
        var old = await ReadSeriesAsync(store, cancellation);
        foreach (var rollup in Rollup.All)
        {
            var windows = new SortedDictionary<long, List<RollupPoint>>();
            foreach (var (_, series) in old.Where(old => old.Series.Metric == "_" + rollup.Id))
            {
                await foreach (var (ms, label, value) in points.ReadPointsAsync(series, DateTimeOffset.UnixEpoch, cancellation))
                {
                    if (!windows.TryGetValue(ms, out var window))
                        windows[ms] = window = [];
                    window.Add(new RollupPoint(rollup, series.By ?? "", label, value));
                }
            }

            // What this version has written is newer.
            foreach (var (ms, window) in windows)
                await rollups.AddAsync(rollup, Window.At(DateTimeOffset.FromUnixTimeMilliseconds(ms), rollup.Step), window, cancellation);
        }
    }

    public async Task PostAsync(ITableStore store, CancellationToken cancellation)
    {
        // An older version that still ran may have written some since.
        await PreAsync(store, cancellation);
        foreach (var (list, series) in await ReadSeriesAsync(store, cancellation))
        {
            await store.DeletePartitionAsync(PointStore.Summary, series.Partition, cancellation);
            await store.DeleteAsync(PointStore.Series, list, [series.Partition], cancellation);
        }
    }

    private static async Task<List<(string List, SeriesKey Series)>> ReadSeriesAsync(ITableStore store, CancellationToken cancellation)
    {
        var series = new List<(string, SeriesKey)>();
        foreach (var list in OldLists)
            series.AddRange(await store.ScanAsync(PointStore.Series, KeyRange.Partition(list), [], cancellation).Select(row => (list, SeriesKey.Parse(row.Key))).ToListAsync(cancellation));
        return series;
    }
}
