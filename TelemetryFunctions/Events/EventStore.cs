using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events;

/// <summary>
/// The table EVENTS: a compressed batch of events a row. Partition = <c>yyyyMMddHH-s</c> with the hour of the events and one hex
/// digit of the batch's hash, key = <c>level~hash</c>, so that a batch that is sent again is the same row. Level 0 is as sent, 1 merged.
/// </summary>
public sealed class EventStore(ITableStore store, TimeProvider clock)
{
    /// <summary>Bytes of a row's events, compressed: what fits into one column, with room for what a service adds.</summary>
    public const int MaxRowBytes = 60 * 1024;

    /// <summary>The hour of events: what one partition holds.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private const string HourFormat = "yyyyMMddHH";
    private const int HashBytes = 16;

    // Of merged events, the first row takes as many; the next ones as many as fill a row like it, less what these may differ by.
    private const int FirstEvents = 2_000;
    private const double FullEnough = 0.95;

    private static readonly Column<byte[]> Data = new("Data");
    private static readonly Column<long> Events = new("Events");

    public static TableSchema Table { get; } = new("EVENTS", Data, Events) { IsPersonal = true };

    /// <summary>Stores events. Returns when they are durable.</summary>
    /// <returns>How many of them were stored before, as the same batch.</returns>
    /// <exception cref="StoreUnavailableException">They are not known to be durable after <see cref="StorePatience.Limit"/>.</exception>
    public async Task<int> StoreAsync(IEnumerable<StoredEvent> events, CancellationToken cancellation)
    {
        var rows = events.GroupBy(HourOf).SelectMany(hour => Rows(hour.Key, hour.ToArray(), EventLevel.AsSent)).ToList();
        var known = 0;
        await StorePatience.RunAsync(
            token => Task.WhenAll(rows.Select(async row =>
            {
                if (await store.FindAsync(Table, row.Partition, row.Key, token) is not null)
                    Interlocked.Add(ref known, (int)row.Get(Events));
                else
                    await store.UpsertAsync(Table, [row], cancellation: token);
            })),
            clock,
            cancellation);
        return known;
    }

    /// <summary>How many events the hours of a day have, those that came more than once counted each time; of hours that have some.</summary>
    public async Task<Dictionary<Window, long>> CountAsync(Window day, CancellationToken cancellation)
    {
        var counts = new Dictionary<Window, long>();
        await foreach (var row in store.ScanAsync(Table, KeyRange.Partitions(Format(day.Start) + "-", Format(day.End)), [Events], cancellation))
            counts[HourOf(row.Partition)] = counts.GetValueOrDefault(HourOf(row.Partition)) + row.Get(Events, 0);
        return counts;
    }

    /// <summary>The rows of an hour, in order.</summary>
    public IAsyncEnumerable<EventRow> ReadAsync(Window hour, CancellationToken cancellation) => ReadAsync(RangeOf(hour), cancellation);

    /// <summary>Every row, the oldest hour first.</summary>
    public IAsyncEnumerable<EventRow> ReadAllAsync(CancellationToken cancellation) => ReadAsync(KeyRange.All, cancellation);

    /// <summary>The keys of all rows of each hour between two times that has some, and how many events each row has; the oldest hour first.</summary>
    public async IAsyncEnumerable<IReadOnlyList<EventRow>> ListHoursAsync(DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var hour = new List<EventRow>();
        await foreach (var row in store.ScanAsync(Table, KeyRange.Partitions(Format(from), Format(to)), [Events], cancellation).Select(RowOf))
        {
            if (hour.Count > 0 && hour[0].Hour != row.Hour)
            {
                yield return hour;
                hour = [];
            }

            hour.Add(row);
        }

        if (hour.Count > 0)
            yield return hour;
    }

    /// <summary>Writes events of one hour.</summary>
    /// <returns>The partitions and keys of their rows.</returns>
    public async Task<HashSet<(string Partition, string Key)>> WriteAsync(IReadOnlyCollection<StoredEvent> events, EventLevel level, CancellationToken cancellation)
    {
        var rows = events.GroupBy(HourOf).SelectMany(hour => Rows(hour.Key, hour.ToArray(), level)).ToList();
        foreach (var row in rows)
            await store.UpsertAsync(Table, [row], cancellation: cancellation);
        return [.. rows.Select(row => (row.Partition, row.Key))];
    }

    /// <summary>Deletes rows.</summary>
    public async Task DeleteAsync(IEnumerable<EventRow> rows, CancellationToken cancellation)
    {
        foreach (var partition in rows.GroupBy(row => row.Partition, row => row.Key))
            await store.DeleteAsync(Table, partition.Key, [.. partition], cancellation);
    }

    /// <summary>The oldest hour that has events, or null.</summary>
    public async Task<Window?> FindOldestAsync(CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, KeyRange.All, [], cancellation))
            return HourOf(row.Partition);
        return null;
    }

    /// <summary>Deletes the hours that ended at <paramref name="time"/> or before.</summary>
    /// <returns>Rows deleted.</returns>
    public async Task<long> DeleteThroughAsync(DateTimeOffset time, CancellationToken cancellation)
    {
        long deleted = 0;
        while (await FindOldestAsync(cancellation) is { } hour && hour.End <= time)
        {
            var partitions = await store.ScanAsync(Table, RangeOf(hour), [], cancellation).GroupBy(row => row.Partition).ToListAsync(cancellation);
            foreach (var partition in partitions)
            {
                deleted += partition.Count();
                await store.DeletePartitionAsync(Table, partition.Key, cancellation);
            }
        }

        return deleted;
    }

    private async IAsyncEnumerable<EventRow> ReadAsync(KeyRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, range, [Data, Events], cancellation))
            yield return RowOf(row);
    }

    private static EventRow RowOf(Row row) => new(row.Partition, row.Key, row.Get(Data, []), row.Get(Events, 0));

    private static long HourOf(StoredEvent stored) => stored.Ms - stored.Ms % (long)Hour.TotalMilliseconds;

    private static IEnumerable<Row> Rows(long hourMs, ReadOnlyMemory<StoredEvent> events, EventLevel level)
    {
        // As many as fit into a row, which those before tell; half of them where they do not.
        for (var count = FirstEvents; events.Length > 0;)
        {
            var some = events[..Math.Min(count, events.Length)];
            var packed = EventCodec.Pack(some.Span);
            var data = EventCodec.Compress(packed, level);
            if (data.Length > MaxRowBytes && some.Length > 1)
            {
                count = some.Length / 2;
                continue;
            }

            var hash = Convert.ToHexStringLower(SHA256.HashData(packed).AsSpan(0, HashBytes));
            yield return new Row($"{Format(DateTimeOffset.FromUnixTimeMilliseconds(hourMs))}-{hash[0]}", EventRow.KeyOf(level, hash), Data.Of(data), Events.Of(some.Length));
            events = events[some.Length..];
            count = (int)(some.Length * (MaxRowBytes * FullEnough) / data.Length) + 1;
        }
    }

    private static KeyRange RangeOf(Window hour) => KeyRange.Partitions(Format(hour.Start) + "-", Format(hour.Start) + KeyCodec.Last);

    private static string Format(DateTimeOffset hour) => hour.ToString(HourFormat, CultureInfo.InvariantCulture);

    /// <summary>The hour of a partition.</summary>
    internal static Window HourOf(string partition) => Window.At(
        DateTimeOffset.ParseExact(partition.AsSpan(0, HourFormat.Length), HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Hour);
}
