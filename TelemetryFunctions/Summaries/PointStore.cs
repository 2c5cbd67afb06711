using System.Globalization;
using System.Runtime.CompilerServices;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// The tables SUMMARY (partition = series, key = <c>epoch ms~label</c>) and SERIES, which knows what partitions SUMMARY
/// has and which windows they span.
/// </summary>
public sealed class PointStore(ITableStore store)
{
    private const string SeriesPartition = "series";

    private static readonly Column<double> Value = new("Value");
    private static readonly Column<long> FirstMs = new("FirstMs");
    private static readonly Column<long> LastMs = new("LastMs");

    public static TableSchema Summary { get; } = new("SUMMARY", Value);

    public static TableSchema Series { get; } = new("SERIES", FirstMs, LastMs);

    /// <summary>
    /// Makes <paramref name="points"/> all that there is for a window: what SUMMARY has for it and they lack is deleted.
    /// </summary>
    public async Task ReplaceAsync(DateTimeOffset window, IReadOnlyCollection<Point> points, CancellationToken cancellation)
    {
        var ms = window.ToUnixTimeMilliseconds();
        var series = points.ToLookup(point => point.Series);
        var known = await ReadSeriesAsync(cancellation).ToDictionaryAsync(span => span.Series, cancellationToken: cancellation);

        // SERIES first: a partition that a killed run began to write must be found by the next one.
        var spans = series
            .Select(points => known.GetValueOrDefault(points.Key, new SeriesSpan(points.Key, ms, ms)).Including(ms))
            .Where(span => known.GetValueOrDefault(span.Series) != span)
            .Select(RowOf);
        foreach (var batch in spans.Chunk(StorageLimits.MaxBatchRows))
            await store.UpsertAsync(Series, batch, cancellation: cancellation);

        var touched = known.Values.Where(span => span.Includes(ms)).Select(span => span.Series).Union(series.Select(points => points.Key));
        await Parallel.ForEachAsync(
            touched,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation },
            async (key, token) => await ReplaceAsync(key.Partition, ms, series[key], token));
    }

    /// <summary>
    /// Writes a point that only ever grows, whoever writes it in whatever order: a smaller value never replaces a larger one.
    /// Its series is not entered in SERIES, so <see cref="ReplaceAsync(DateTimeOffset, IReadOnlyCollection{Point}, CancellationToken)"/>
    /// leaves it alone.
    /// </summary>
    public async Task RaiseAsync(DateTimeOffset window, Point point, CancellationToken cancellation)
    {
        var (partition, key) = (point.Series.Partition, Key(window.ToUnixTimeMilliseconds(), point.Label));
        while (true)
        {
            var row = await store.FindAsync(Summary, partition, key, cancellation);
            if (row is not null && row.Get(Value) >= point.Value)
                return;
            if (await store.TryWriteAsync(Summary, new Row(partition, key, Value.Of(point.Value)), row?.ETag, cancellation) is not null)
                return;
        }
    }

    /// <summary>Deletes the points of all series of SERIES from a window on, and what SERIES says of them.</summary>
    public async Task DeleteFromAsync(DateTimeOffset from, TimeSpan windowLength, CancellationToken cancellation)
    {
        var ms = from.ToUnixTimeMilliseconds();
        await foreach (var span in ReadSeriesAsync(cancellation).Where(span => span.LastMs >= ms).WithCancellation(cancellation))
        {
            await DeleteFromAsync(span.Series, from, cancellation);

            // SERIES last: a run that is killed here finds the series again.
            var before = span with { LastMs = ms - (long)windowLength.TotalMilliseconds };
            if (before.FirstMs <= before.LastMs)
                await store.UpsertAsync(Series, [RowOf(before)], cancellation: cancellation);
            else
                await store.DeleteAsync(Series, SeriesPartition, [span.Series.Partition], cancellation);
        }
    }

    /// <summary>Deletes the points of one series from a window on.</summary>
    public async Task DeleteFromAsync(SeriesKey series, DateTimeOffset from, CancellationToken cancellation)
    {
        var range = KeyRange.Keys(series.Partition, FormatMs(from.ToUnixTimeMilliseconds()), null);
        var keys = await store.ScanAsync(Summary, range, [], cancellation).Select(row => row.Key).ToListAsync(cancellation);
        await store.DeleteAsync(Summary, series.Partition, keys, cancellation);
    }

    /// <summary>Every series of those that <see cref="ReplaceAsync(DateTimeOffset, IReadOnlyCollection{Point}, CancellationToken)"/> wrote, in no order that means anything.</summary>
    public async IAsyncEnumerable<SeriesSpan> ReadSeriesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Series, KeyRange.Partition(SeriesPartition), cancellation: cancellation))
            yield return new SeriesSpan(SeriesKey.Parse(row.Key), row.Get(FirstMs), row.Get(LastMs));
    }

    /// <summary>The points of a series from a window on, oldest first, labels of a window in the order of their keys.</summary>
    public async IAsyncEnumerable<(long Ms, string Label, double Value)> ReadPointsAsync(
        SeriesKey series, DateTimeOffset from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = KeyRange.Keys(series.Partition, FormatMs(from.ToUnixTimeMilliseconds()), null);
        await foreach (var row in store.ScanAsync(Summary, range, cancellation: cancellation))
        {
            var mark = row.Key.IndexOf(KeyCodec.Separator);
            yield return (
                long.Parse(row.Key.AsSpan(0, mark), NumberStyles.None, CultureInfo.InvariantCulture),
                KeyCodec.Decode(row.Key[(mark + 1)..]),
                row.Get(Value));
        }
    }

    private static Row RowOf(SeriesSpan span) =>
        new(SeriesPartition, span.Series.Partition, FirstMs.Of(span.FirstMs), LastMs.Of(span.LastMs));

    private static string Key(long ms, string label) => FormatMs(ms) + KeyCodec.Separator + KeyCodec.Encode(label);

    private static string FormatMs(long ms) => ms.ToString("d13", CultureInfo.InvariantCulture);

    private async Task ReplaceAsync(string partition, long ms, IEnumerable<Point> points, CancellationToken cancellation)
    {
        var prefix = FormatMs(ms) + KeyCodec.Separator;
        var rows = points.Select(point => new Row(partition, Key(ms, point.Label), Value.Of(point.Value))).ToList();
        var stale = new HashSet<string>();
        await foreach (var row in store.ScanAsync(Summary, KeyRange.Prefix(partition, prefix), [], cancellation))
            stale.Add(row.Key);

        stale.ExceptWith(rows.Select(row => row.Key));
        await store.DeleteAsync(Summary, partition, [.. stale], cancellation);
        foreach (var batch in rows.Chunk(StorageLimits.MaxBatchRows))
            await store.UpsertAsync(Summary, batch, cancellation: cancellation);
    }
}

/// <summary>A series and the windows, by the epoch ms of their start, between which it has points.</summary>
public sealed record SeriesSpan(SeriesKey Series, long FirstMs, long LastMs)
{
    public bool Includes(long ms) => FirstMs <= ms && ms <= LastMs;

    public SeriesSpan Including(long ms) => this with { FirstMs = Math.Min(FirstMs, ms), LastMs = Math.Max(LastMs, ms) };
}
