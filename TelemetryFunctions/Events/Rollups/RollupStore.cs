using System.Globalization;
using System.Runtime.CompilerServices;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events.Rollups;

/// <summary>
/// The table ROLLUPS: all numbers of a rollup in a window are a row. Partition = rollup, key = epoch ms of the window's start, 13
/// digits. They are kept for ever.
/// </summary>
public sealed class RollupStore(ITableStore store)
{
    private static readonly Column<byte[]> Data = new("Data");

    private long _version;

    public static TableSchema Table { get; } = new("ROLLUPS", Data);

    /// <summary>Another one whenever this process has written.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Makes some points all that rollups have in a window.</summary>
    /// <param name="rollups">The rollups; those without a point have no row then.</param>
    /// <param name="window">The window.</param>
    /// <param name="points">Their points.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ReplaceAsync(IEnumerable<Rollup> rollups, Window window, IEnumerable<RollupPoint> points, CancellationToken cancellation)
    {
        var (byRollup, key) = (points.ToLookup(point => point.Rollup), KeyOf(window.Start));
        await Task.WhenAll(rollups.Select(rollup => byRollup[rollup].Any()
            ? store.UpsertAsync(Table, [RowOf(rollup, window, byRollup[rollup])], cancellation: cancellation)
            : store.DeleteAsync(Table, rollup.Id, [key], cancellation)));
        Interlocked.Increment(ref _version);
    }

    /// <summary>Adds a window to a rollup, where it has not got it.</summary>
    public Task AddAsync(Rollup rollup, Window window, IEnumerable<RollupPoint> points, CancellationToken cancellation) =>
        store.TryWriteAsync(Table, RowOf(rollup, window, points), null, cancellation);

    /// <summary>A rollup's windows, oldest first.</summary>
    /// <param name="rollup">The rollup.</param>
    /// <param name="from">The start of the first window.</param>
    /// <param name="to">All start before.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<(long Ms, StoredRollup Stored)> ReadAsync(
        Rollup rollup, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, KeyRange.Keys(rollup.Id, KeyOf(from), KeyOf(to)), cancellation: cancellation))
            yield return (long.Parse(row.Key, NumberStyles.None, CultureInfo.InvariantCulture), RollupCodec.Unpack(row.Get(Data)));
    }

    /// <summary>The starts of the windows of a day that rollups of a step have something of, epoch ms.</summary>
    public async Task<IReadOnlySet<long>> FindWindowsAsync(TimeSpan step, Window day, CancellationToken cancellation)
    {
        var windows = new HashSet<long>();
        foreach (var rollup in Rollup.Of(step))
        {
            await foreach (var row in store.ScanAsync(Table, KeyRange.Keys(rollup.Id, KeyOf(day.Start), KeyOf(day.End)), [], cancellation))
                windows.Add(long.Parse(row.Key, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return windows;
    }

    /// <summary>Deletes the windows of all rollups from a time on.</summary>
    public async Task DeleteFromAsync(DateTimeOffset from, CancellationToken cancellation)
    {
        foreach (var rollup in Rollup.All)
        {
            var keys = await store.ScanAsync(Table, KeyRange.Keys(rollup.Id, KeyOf(from), null), [], cancellation).Select(row => row.Key).ToListAsync(cancellation);
            await store.DeleteAsync(Table, rollup.Id, keys, cancellation);
        }

        Interlocked.Increment(ref _version);
    }

    /// <summary>Whether there are any.</summary>
    public async Task<bool> HasAnyAsync(CancellationToken cancellation) => await store.ScanAsync(Table, KeyRange.All, [], cancellation).AnyAsync(cancellation);

    private static Row RowOf(Rollup rollup, Window window, IEnumerable<RollupPoint> points) =>
        new(rollup.Id, KeyOf(window.Start), Data.Of(RollupCodec.Pack(rollup, points)));

    private static string KeyOf(DateTimeOffset start) => start.ToUnixTimeMilliseconds().ToString("d13", CultureInfo.InvariantCulture);
}
