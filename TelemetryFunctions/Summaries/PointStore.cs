using System.Globalization;
using System.Runtime.CompilerServices;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// The tables SUMMARY (partition = series, key = <c>epoch ms~label</c>) and SERIES, which knows what partitions SUMMARY
/// has and which windows they span. Candidates are series of one window that are not published yet.
/// </summary>
public sealed class PointStore(ITableStore store)
{
    private const string SeriesPartition = "series";
    private const string CandidatePartition = "candidates";

    private static readonly Column<double> Value = new("Value");
    private static readonly Column<long> FirstMs = new("FirstMs");
    private static readonly Column<long> LastMs = new("LastMs");

    public static TableSchema Summary { get; } = new("SUMMARY", Value);

    public static TableSchema Series { get; } = new("SERIES", FirstMs, LastMs);

    /// <summary>
    /// Makes <paramref name="points"/> all that there is for a window: what SUMMARY has for it and they lack is deleted.
    /// </summary>
    public Task ReplaceAsync(DateTimeOffset window, IReadOnlyCollection<Point> points, CancellationToken cancellation) =>
        ReplaceListAsync(SeriesPartition, window.ToUnixTimeMilliseconds(), points, cancellation);

    /// <summary>
    /// Makes <paramref name="points"/> all that one series has for some windows, and leaves other series and windows alone: for points that
    /// were made elsewhere.
    /// </summary>
    /// <param name="span">The series, and the windows between which it has points from now on, beside those it has.</param>
    /// <param name="windows">The windows, by the epoch ms of their start.</param>
    /// <param name="points">Points of these windows, by the epoch ms of theirs.</param>
    /// <param name="cancellation">Ends it; what is missing is written by doing it again.</param>
    public async Task ReplaceSeriesAsync(
        SeriesSpan span, IReadOnlySet<long> windows, IEnumerable<(long Ms, string Label, double Value)> points, CancellationToken cancellation)
    {
        var partition = span.Series.Partition;
        var known = await store.FindAsync(Series, SeriesPartition, partition, cancellation);
        var entered = known is null ? span : SpanOf(known).Including(span.FirstMs).Including(span.LastMs);
        await store.UpsertAsync(Series, [RowOf(SeriesPartition, entered)], cancellation: cancellation);

        var rows = points.Select(point => new Row(partition, Key(point.Ms, point.Label), Value.Of(point.Value))).ToList();
        var written = rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var stale = await store.ScanAsync(Summary, KeyRange.Partition(partition), [], cancellation)
            .Select(row => row.Key)
            .Where(key => windows.Contains(MsOf(key)) && !written.Contains(key))
            .ToListAsync(cancellation);
        await store.DeleteAsync(Summary, partition, stale, cancellation);
        foreach (var batch in rows.Chunk(StorageLimits.MaxBatchRows))
            await store.UpsertAsync(Summary, batch, cancellation: cancellation);
    }

    /// <summary>Makes <paramref name="points"/> all that the candidates have for a window, which is the only one of those that are new.</summary>
    public async Task ReplaceCandidatesAsync(DateTimeOffset window, IReadOnlyCollection<Point> points, CancellationToken cancellation)
    {
        var ms = window.ToUnixTimeMilliseconds();
        await ReplaceListAsync(CandidatePartition, ms, points, cancellation);
        var gone = await ReadCandidatesAsync(cancellation).Where(span => span.Includes(ms)).Select(span => span.Series).ToHashSetAsync(cancellationToken: cancellation);
        gone.ExceptWith(points.Select(point => point.Series));
        await store.DeleteAsync(Series, CandidatePartition, [.. gone.Select(series => series.Partition)], cancellation);
    }

    /// <summary>Makes series of candidates: what they have is published from now on.</summary>
    public async Task EnterAsync(IEnumerable<SeriesSpan> candidates, CancellationToken cancellation)
    {
        foreach (var candidate in candidates)
        {
            var row = await store.FindAsync(Series, SeriesPartition, candidate.Series.Partition, cancellation);
            var span = row is null ? candidate : SpanOf(row).Including(candidate.FirstMs);
            await store.UpsertAsync(Series, [RowOf(SeriesPartition, span)], cancellation: cancellation);
        }
    }

    /// <summary>Makes candidates of series: what they have waits to be published again.</summary>
    public async Task WithdrawAsync(IReadOnlyCollection<SeriesSpan> series, CancellationToken cancellation)
    {
        foreach (var batch in series.Select(span => RowOf(CandidatePartition, span)).Chunk(StorageLimits.MaxBatchRows))
            await store.UpsertAsync(Series, batch, cancellation: cancellation);
        await store.DeleteAsync(Series, SeriesPartition, [.. series.Select(span => span.Series.Partition)], cancellation);
    }

    /// <summary>Forgets candidates that entered, and deletes the points of the others.</summary>
    public async Task DeleteCandidatesAsync(IReadOnlyCollection<SeriesSpan> candidates, CancellationToken cancellation)
    {
        foreach (var candidate in candidates)
        {
            // A name that left and came back has points of former windows, which stay.
            var row = await store.FindAsync(Series, SeriesPartition, candidate.Series.Partition, cancellation);
            if (row is null || !SpanOf(row).Includes(candidate.FirstMs))
                await ReplacePartitionAsync(candidate.Series.Partition, candidate.FirstMs, [], cancellation);
        }

        await store.DeleteAsync(Series, CandidatePartition, [.. candidates.Select(candidate => candidate.Series.Partition)], cancellation);
    }

    private async Task ReplaceListAsync(string list, long ms, IReadOnlyCollection<Point> points, CancellationToken cancellation)
    {
        var series = points.ToLookup(point => point.Series);
        var known = await ReadListAsync(list, cancellation).ToDictionaryAsync(span => span.Series, cancellationToken: cancellation);

        // SERIES first: a partition that a killed run began to write must be found by the next one.
        var spans = series
            .Select(points => known.GetValueOrDefault(points.Key, new SeriesSpan(points.Key, ms, ms)).Including(ms))
            .Where(span => known.GetValueOrDefault(span.Series) != span)
            .Select(span => RowOf(list, span));
        foreach (var batch in spans.Chunk(StorageLimits.MaxBatchRows))
            await store.UpsertAsync(Series, batch, cancellation: cancellation);

        var touched = known.Values.Where(span => span.Includes(ms)).Select(span => span.Series).Union(series.Select(points => points.Key));
        await Parallel.ForEachAsync(
            touched,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation },
            async (key, token) => await ReplacePartitionAsync(key.Partition, ms, series[key], token));
    }

    /// <summary>
    /// Writes points that only ever grow, whoever writes them in whatever order: a smaller value never replaces a larger one.
    /// Their series are not entered in SERIES, so <see cref="ReplaceAsync(DateTimeOffset, IReadOnlyCollection{Point}, CancellationToken)"/>
    /// leaves it alone.
    /// </summary>
    public async Task RaiseAsync(IReadOnlyList<RaisedPoint> points, CancellationToken cancellation)
    {
        for (var left = points; left.Count > 0;)
        {
            var rows = await Task.WhenAll(left.Select(FindRaisedAsync));
            var raised = left.Zip(rows).Where(pair => pair.Second is not null).ToList();
            var written = await store.TryWriteEachAsync(Summary, [.. raised.Select(pair => pair.Second!)], cancellation);
            left = [.. raised.Where((_, i) => !written[i]).Select(pair => pair.First with { IsFirst = false })];
        }

        async Task<Row?> FindRaisedAsync(RaisedPoint raised)
        {
            var (partition, key) = (raised.Point.Series.Partition, Key(raised.Window.ToUnixTimeMilliseconds(), raised.Point.Label));
            var stored = raised.IsFirst ? null : await store.FindAsync(Summary, partition, key, cancellation);
            return stored?.Get(Value) >= raised.Point.Value ? null : new Row(partition, key, Value.Of(raised.Point.Value)) { ETag = stored?.ETag };
        }
    }

    /// <summary>Writes points of a series that is not entered in SERIES, in place of those with the same window and label.</summary>
    public async Task WriteAsync(SeriesKey series, IEnumerable<(long Ms, string Label, double Value)> points, CancellationToken cancellation)
    {
        foreach (var batch in points.Select(point => new Row(series.Partition, Key(point.Ms, point.Label), Value.Of(point.Value))).Chunk(StorageLimits.MaxBatchRows))
            await store.UpsertAsync(Summary, batch, cancellation: cancellation);
    }

    /// <summary>Deletes the points of all series of SERIES from a window on, and what SERIES says of them.</summary>
    public async Task DeleteFromAsync(DateTimeOffset from, TimeSpan windowLength, CancellationToken cancellation)
    {
        foreach (var list in new[] { SeriesPartition, CandidatePartition })
            await DeleteFromAsync(list, from, windowLength, cancellation);
    }

    private async Task DeleteFromAsync(string list, DateTimeOffset from, TimeSpan windowLength, CancellationToken cancellation)
    {
        var ms = from.ToUnixTimeMilliseconds();
        await foreach (var span in ReadListAsync(list, cancellation).Where(span => span.LastMs >= ms).WithCancellation(cancellation))
        {
            await DeleteFromAsync(span.Series, from, cancellation);

            // SERIES last: a run that is killed here finds the series again.
            var before = span with { LastMs = ms - (long)windowLength.TotalMilliseconds };
            if (before.FirstMs <= before.LastMs)
                await store.UpsertAsync(Series, [RowOf(list, before)], cancellation: cancellation);
            else
                await store.DeleteAsync(Series, list, [span.Series.Partition], cancellation);
        }
    }

    /// <summary>
    /// Has SERIES say again between which windows those series have points that begin or end in one of some windows; one that has none any more leaves. What waits as a
    /// candidate is none of them.
    /// </summary>
    /// <param name="windows">The windows, by the epoch ms of their start, that were replaced.</param>
    /// <param name="cancellation">Ends it; what is missing is made up for by doing it again.</param>
    /// <returns>The series that have others now, but for those that left.</returns>
    public async Task<IReadOnlyList<SeriesSpan>> MeasureAsync(IReadOnlySet<long> windows, CancellationToken cancellation)
    {
        var measured = new List<SeriesSpan>();
        var waiting = await ReadCandidatesAsync(cancellation).ToDictionaryAsync(span => span.Series, cancellationToken: cancellation);
        var spans = await ReadListAsync(SeriesPartition, cancellation)
            .Where(span => windows.Contains(span.FirstMs) || windows.Contains(span.LastMs))
            .ToListAsync(cancellation);
        foreach (var span in spans)
        {
            var times = await store.ScanAsync(Summary, KeyRange.Partition(span.Series.Partition), [], cancellation)
                .Select(row => MsOf(row.Key))
                .Where(ms => waiting.GetValueOrDefault(span.Series)?.Includes(ms) is not true)
                .ToListAsync(cancellation);
            if (times.Count == 0)
            {
                await store.DeleteAsync(Series, SeriesPartition, [span.Series.Partition], cancellation);
            }
            else if (times[0] != span.FirstMs || times[^1] != span.LastMs)
            {
                measured.Add(span with { FirstMs = times[0], LastMs = times[^1] });
                await store.UpsertAsync(Series, [RowOf(SeriesPartition, measured[^1])], cancellation: cancellation);
            }
        }

        return measured;
    }

    /// <summary>Deletes the points of one series from a window on.</summary>
    public async Task DeleteFromAsync(SeriesKey series, DateTimeOffset from, CancellationToken cancellation)
    {
        var range = KeyRange.Keys(series.Partition, FormatMs(from.ToUnixTimeMilliseconds()), null);
        var keys = await store.ScanAsync(Summary, range, [], cancellation).Select(row => row.Key).ToListAsync(cancellation);
        await store.DeleteAsync(Summary, series.Partition, keys, cancellation);
    }

    /// <summary>Every series of those that <see cref="ReplaceAsync(DateTimeOffset, IReadOnlyCollection{Point}, CancellationToken)"/> wrote, in no order that means anything.</summary>
    public IAsyncEnumerable<SeriesSpan> ReadSeriesAsync(CancellationToken cancellation) => ReadListAsync(SeriesPartition, cancellation);

    /// <summary>Every candidate, with the window that it has points of.</summary>
    public IAsyncEnumerable<SeriesSpan> ReadCandidatesAsync(CancellationToken cancellation) => ReadListAsync(CandidatePartition, cancellation);

    /// <summary>True for a series of those that <see cref="ReplaceAsync(DateTimeOffset, IReadOnlyCollection{Point}, CancellationToken)"/> wrote.</summary>
    public async Task<bool> HasSeriesAsync(SeriesKey series, CancellationToken cancellation) =>
        await store.FindAsync(Series, SeriesPartition, series.Partition, cancellation) is not null;

    /// <summary>The points of a series from a window on, oldest first, labels of a window in the order of their keys.</summary>
    public async IAsyncEnumerable<(long Ms, string Label, double Value)> ReadPointsAsync(
        SeriesKey series, DateTimeOffset from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = KeyRange.Keys(series.Partition, FormatMs(from.ToUnixTimeMilliseconds()), null);
        await foreach (var row in store.ScanAsync(Summary, range, cancellation: cancellation))
        {
            yield return (MsOf(row.Key), KeyCodec.Decode(row.Key[(row.Key.IndexOf(KeyCodec.Separator) + 1)..]), row.Get(Value));
        }
    }

    private IAsyncEnumerable<SeriesSpan> ReadListAsync(string list, CancellationToken cancellation) =>
        store.ScanAsync(Series, KeyRange.Partition(list), cancellation: cancellation).Select(SpanOf);

    private static SeriesSpan SpanOf(Row row) => new(SeriesKey.Parse(row.Key), row.Get(FirstMs), row.Get(LastMs));

    private static Row RowOf(string list, SeriesSpan span) =>
        new(list, span.Series.Partition, FirstMs.Of(span.FirstMs), LastMs.Of(span.LastMs));

    private static string Key(long ms, string label) => FormatMs(ms) + KeyCodec.Separator + KeyCodec.Encode(label);

    private static long MsOf(string key) =>
        long.Parse(key.AsSpan(0, key.IndexOf(KeyCodec.Separator)), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string FormatMs(long ms) => ms.ToString("d13", CultureInfo.InvariantCulture);

    private async Task ReplacePartitionAsync(string partition, long ms, IEnumerable<Point> points, CancellationToken cancellation)
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

/// <summary>A point that is written unless there is a larger one.</summary>
/// <param name="Window">The start of its window.</param>
/// <param name="Point">The point.</param>
/// <param name="IsFirst">There is probably none yet, so that it need not be looked for first.</param>
public readonly record struct RaisedPoint(DateTimeOffset Window, Point Point, bool IsFirst);

/// <summary>A series and the windows, by the epoch ms of their start, between which it has points.</summary>
public sealed record SeriesSpan(SeriesKey Series, long FirstMs, long LastMs)
{
    public bool Includes(long ms) => FirstMs <= ms && ms <= LastMs;

    public SeriesSpan Including(long ms) => this with { FirstMs = Math.Min(FirstMs, ms), LastMs = Math.Max(LastMs, ms) };
}
