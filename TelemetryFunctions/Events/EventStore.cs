using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events;

/// <summary>
/// The table EVENTS: a compressed batch of events a row. Partition = <c>yyyyMMddHH-s</c> with the hour of the events and one hex
/// digit of the batch's hash, key = <c>level~hash</c>, so that a batch that is sent again is the same row.
/// </summary>
public sealed class EventStore(ITableStore store, TimeProvider clock)
{
    /// <summary>Bytes of a row's events, compressed: what fits into one column, with room for what a service adds.</summary>
    public const int MaxRowBytes = 60 * 1024;

    /// <summary>The hour of events: what one partition holds.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private const string HourFormat = "yyyyMMddHH";
    private const string AsSent = "0";
    private const int HashBytes = 16;

    private static readonly Column<byte[]> Data = new("Data");
    private static readonly Column<long> Events = new("Events");

    public static TableSchema Table { get; } = new("EVENTS", Data, Events) { IsPersonal = true };

    /// <summary>Stores events. Returns when they are durable.</summary>
    /// <returns>How many of them were stored before, as the same batch.</returns>
    /// <exception cref="StoreUnavailableException">They are not known to be durable after <see cref="StorePatience.Limit"/>.</exception>
    public async Task<int> StoreAsync(IEnumerable<StoredEvent> events, CancellationToken cancellation)
    {
        var rows = events.GroupBy(HourOf).SelectMany(hour => Rows(hour.Key, [.. hour])).ToList();
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
    public async IAsyncEnumerable<EventRow> ReadAsync(Window hour, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, RangeOf(hour), [Data, Events], cancellation))
            yield return new EventRow(row.Key, row.Get(Data, []), row.Get(Events, 0));
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

    private static long HourOf(StoredEvent stored) => stored.Ms - stored.Ms % (long)Hour.TotalMilliseconds;

    private static IEnumerable<Row> Rows(long hourMs, StoredEvent[] events)
    {
        var packed = EventCodec.Pack(events);
        var data = EventCodec.Compress(packed);
        if (data.Length > MaxRowBytes && events.Length > 1)
            return Rows(hourMs, events[..(events.Length / 2)]).Concat(Rows(hourMs, events[(events.Length / 2)..]));

        var hash = Convert.ToHexStringLower(SHA256.HashData(packed).AsSpan(0, HashBytes));
        var partition = $"{Format(DateTimeOffset.FromUnixTimeMilliseconds(hourMs))}-{hash[0]}";
        return [new Row(partition, AsSent + KeyCodec.Separator + hash, Data.Of(data), Events.Of(events.Length))];
    }

    private static KeyRange RangeOf(Window hour) => KeyRange.Partitions(Format(hour.Start) + "-", Format(hour.Start) + KeyCodec.Last);

    private static string Format(DateTimeOffset hour) => hour.ToString(HourFormat, CultureInfo.InvariantCulture);

    private static Window HourOf(string partition) => Window.At(
        DateTimeOffset.ParseExact(partition.AsSpan(0, HourFormat.Length), HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Hour);
}

/// <summary>A row of events.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Data">Its events, compressed.</param>
/// <param name="Count">How many these are.</param>
public readonly record struct EventRow(string Key, byte[] Data, long Count);
