using System.Collections.Concurrent;
using System.Globalization;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events;

/// <summary>
/// The table EVENTMARKS: which days have got events since they were rolled up, and how far events are merged. In the partition <c>days</c>
/// key = <c>yyyyMMddHH~yyyyMMdd</c>, the hour in which the mark was set, and the day; in <c>merged</c> it is the hour until which all are.
/// </summary>
/// <remarks>
/// A mark is set once by each process and hour, before the first events are stored. So a run may only clear those of hours that are over:
/// whoever set one in this hour will not set it again.
/// </remarks>
public sealed class EventMarks(ITableStore store, TimeProvider clock)
{
    private const string Partition = "days";
    private const string MergedPartition = "merged";
    private const string HourFormat = "yyyyMMddHH";
    private const string DayFormat = "yyyyMMdd";

    // Before any hour: a run that sets a mark under its lease may clear it.
    private const string OfRun = "0000000000";

    private readonly ConcurrentDictionary<string, bool> _set = new();

    public static TableSchema Table { get; } = new("EVENTMARKS");

    /// <summary>Marks the days of events. Returns when the marks are durable.</summary>
    public async Task SetAsync(IEnumerable<DateOnly> days, CancellationToken cancellation)
    {
        var hour = HourOf(clock.GetUtcNow());
        var missing = days.Distinct().Select(day => KeyOf(hour, day)).Where(key => !_set.ContainsKey(key)).ToList();
        if (missing.Count == 0)
            return;

        await store.UpsertAsync(Table, [.. missing.Select(key => new Row(Partition, key))], cancellation: cancellation);
        foreach (var key in _set.Keys.Where(key => string.CompareOrdinal(key, hour) < 0))
            _set.TryRemove(key, out _);
        foreach (var key in missing)
            _set[key] = true;
    }

    /// <summary>Marks a day whose events the run changes itself.</summary>
    public Task SetForRunAsync(DateOnly day, CancellationToken cancellation) =>
        store.UpsertAsync(Table, [new Row(Partition, KeyOf(OfRun, day))], cancellation: cancellation);

    /// <summary>The marked days, oldest first.</summary>
    public async Task<IReadOnlyList<DateOnly>> ReadAsync(CancellationToken cancellation) =>
        [.. (await ReadKeysAsync(cancellation)).Select(DayOf).Distinct().Order()];

    /// <summary>Clears the marks of days that were set in hours that were over when rolling them up began.</summary>
    public async Task ClearAsync(IReadOnlyDictionary<DateOnly, DateTimeOffset> days, CancellationToken cancellation)
    {
        // Half of the grace is for clocks that differ, and half for events on their way to the store.
        var keys = (await ReadKeysAsync(cancellation))
            .Where(key => days.TryGetValue(DayOf(key), out var begun) && string.CompareOrdinal(key, HourOf(begun - Window.Grace)) < 0)
            .ToList();
        await store.DeleteAsync(Table, Partition, keys, cancellation);
    }

    /// <summary>The end of the last hour whose events are merged, or null.</summary>
    public async Task<DateTimeOffset?> FindMergedThroughAsync(CancellationToken cancellation) =>
        await ReadMergedAsync(cancellation) is [.., var last] ? DateTimeOffset.ParseExact(last, HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    /// <summary>Notes that the events of all hours that ended at <paramref name="hour"/> or before are merged.</summary>
    public async Task SetMergedThroughAsync(DateTimeOffset hour, CancellationToken cancellation)
    {
        var key = HourOf(hour);
        await store.UpsertAsync(Table, [new Row(MergedPartition, key)], cancellation: cancellation);
        await store.DeleteAsync(Table, MergedPartition, [.. (await ReadMergedAsync(cancellation)).Where(other => other != key)], cancellation);
    }

    private async Task<List<string>> ReadMergedAsync(CancellationToken cancellation) =>
        await store.ScanAsync(Table, KeyRange.Partition(MergedPartition), [], cancellation).Select(row => row.Key).ToListAsync(cancellation);

    private async Task<List<string>> ReadKeysAsync(CancellationToken cancellation) =>
        await store.ScanAsync(Table, KeyRange.Partition(Partition), [], cancellation).Select(row => row.Key).ToListAsync(cancellation);

    private static string KeyOf(string hour, DateOnly day) => hour + KeyCodec.Separator + day.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static string HourOf(DateTimeOffset time) => time.ToString(HourFormat, CultureInfo.InvariantCulture);

    private static DateOnly DayOf(string key) => DateOnly.ParseExact(key.AsSpan(HourFormat.Length + 1), DayFormat, CultureInfo.InvariantCulture);
}
