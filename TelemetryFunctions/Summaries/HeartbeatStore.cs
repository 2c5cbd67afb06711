using System.Globalization;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// When the service was up: a row of STATE for every hour in which something ran. Partition = <c>heartbeat</c>, key =
/// <c>yyyyMMddHH</c>.
/// </summary>
public sealed class HeartbeatStore(ITableStore store)
{
    private const string Partition = "heartbeat";
    private const string HourFormat = "yyyyMMddHH";

    /// <summary>Notes that the service is up now, and forgets what a clock that was ahead has noted.</summary>
    public async Task BeatAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await store.UpsertAsync(SummaryProgressStore.Table, [new Row(Partition, Key(now))], cancellation: cancellation);
        var future = await ScanAsync(Key(now) + KeyCodec.Last, null, cancellation).ToListAsync(cancellation);
        await store.DeleteAsync(SummaryProgressStore.Table, Partition, future, cancellation);
    }

    /// <summary>The hours from a moment to another one in which the service was up.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        await ScanAsync(Key(from), Key(to), cancellation).Select(Parse).ToListAsync(cancellation);

    /// <summary>Forgets the hours before a moment.</summary>
    public async Task DeleteBeforeAsync(DateTimeOffset time, CancellationToken cancellation)
    {
        var old = await ScanAsync(null, Key(time), cancellation).ToListAsync(cancellation);
        await store.DeleteAsync(SummaryProgressStore.Table, Partition, old, cancellation);
    }

    /// <summary>
    /// True where the service has a past, but none between <paramref name="from"/> and the hour of <paramref name="now"/>.
    /// </summary>
    public async Task<bool> IsSilentAsync(DateTimeOffset from, DateTimeOffset now, CancellationToken cancellation) =>
        !await ScanAsync(Key(from), Key(now), cancellation).AnyAsync(cancellation)
        && await ScanAsync(null, null, cancellation).AnyAsync(cancellation);

    private static string Key(DateTimeOffset time) => time.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset Parse(string hour) => DateTimeOffset.ParseExact(hour, HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private IAsyncEnumerable<string> ScanAsync(string? from, string? to, CancellationToken cancellation) =>
        store.ScanAsync(SummaryProgressStore.Table, KeyRange.Keys(Partition, from, to), [], cancellation).Select(row => row.Key);
}
