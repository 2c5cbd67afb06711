using System.Globalization;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// On which days the service was down, and for how long: rows of STATE, partition = <c>outages</c>, key = <c>yyyyMMdd</c>, made of the
/// heartbeats when a day is closed, and kept when these are gone. Key <c>since</c> says from which hour on an hour without a heartbeat is one in
/// which the service was down; before, nobody took note of all hours, and nothing is known.
/// </summary>
public sealed class OutageStore(ITableStore store, HeartbeatStore heartbeats, TimeProvider clock)
{
    private const string Partition = "outages";
    private const string SinceKey = "since";
    private const string DayFormat = "yyyyMMdd";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    internal static readonly Column<long> Hours = new("Hours");

    /// <summary>Notes that the service is up and that its timers run, so that from now on an hour without them is an outage.</summary>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        var now = Window.At(clock.GetUtcNow(), Hour).Start;
        await heartbeats.BeatAsync(now, cancellation);

        // One that is later is of a clock that was ahead.
        if (await FindSinceAsync(cancellation) is not { } since || since > now)
            await WriteSinceAsync(now, cancellation);
    }

    /// <summary>Finds out in which hours of a day that is over the service was down, and keeps it.</summary>
    public async Task<Outage> CloseAsync(Window day, CancellationToken cancellation)
    {
        var since = await FindSinceAsync(cancellation);
        if (since is null || since >= day.End)
            return await FindAsync(day, cancellation);

        var up = await heartbeats.ReadAsync(day.Start, day.End, cancellation);
        var from = since > day.Start ? since.Value : day.Start;
        var outage = new Outage(DateOnly.FromDateTime(day.Start.UtcDateTime), (int)((day.End - from) / Hour) - up.Count(hour => hour >= from));
        if (outage.Hours > 0)
            await AddAsync(outage, cancellation);
        else
            await store.DeleteAsync(SummaryProgressStore.Table, Partition, [Key(day.Start)], cancellation);
        return outage;
    }

    /// <summary>Keeps that the service was down on a day, as it is known from elsewhere.</summary>
    public Task AddAsync(Outage outage, CancellationToken cancellation) => store.UpsertAsync(
        SummaryProgressStore.Table, [new Row(Partition, outage.Day.ToString(DayFormat, CultureInfo.InvariantCulture), Hours.Of(outage.Hours))], cancellation: cancellation);

    /// <summary>The days on which the service is known to have been down for an hour or more, oldest first.</summary>
    public async Task<IReadOnlyList<Outage>> ReadAsync(CancellationToken cancellation) =>
        await store.ScanAsync(SummaryProgressStore.Table, KeyRange.Keys(Partition, null, SinceKey), cancellation: cancellation)
            .Select(row => new Outage(DateOnly.ParseExact(row.Key, DayFormat, CultureInfo.InvariantCulture), (int)row.Get(Hours)))
            .ToListAsync(cancellation);

    /// <summary>Takes back what a clock that was ahead has said of days to come.</summary>
    public async Task TakeBackAsync(DateTimeOffset from, CancellationToken cancellation)
    {
        var keys = await store.ScanAsync(SummaryProgressStore.Table, KeyRange.Keys(Partition, Key(from), SinceKey), [], cancellation)
            .Select(row => row.Key)
            .ToListAsync(cancellation);
        await store.DeleteAsync(SummaryProgressStore.Table, Partition, keys, cancellation);
    }

    /// <summary>Removes the heartbeats of hours before a day, of which the outages are kept.</summary>
    public async Task ExpireAsync(Window oldestKept, CancellationToken cancellation)
    {
        // First what they say: without them, and as if all were there, the service would have been down.
        if (await FindSinceAsync(cancellation) is not { } since || since >= oldestKept.Start)
            return;
        await WriteSinceAsync(oldestKept.Start, cancellation);
        await heartbeats.DeleteBeforeAsync(oldestKept.Start, cancellation);
    }

    private async Task<Outage> FindAsync(Window day, CancellationToken cancellation)
    {
        var row = await store.FindAsync(SummaryProgressStore.Table, Partition, Key(day.Start), cancellation);
        return new Outage(DateOnly.FromDateTime(day.Start.UtcDateTime), (int)(row?.Get(Hours) ?? 0));
    }

    private async Task<DateTimeOffset?> FindSinceAsync(CancellationToken cancellation) =>
        (await store.FindAsync(SummaryProgressStore.Table, Partition, SinceKey, cancellation))?.Get(SummaryProgressStore.Through);

    private Task WriteSinceAsync(DateTimeOffset since, CancellationToken cancellation) =>
        store.UpsertAsync(SummaryProgressStore.Table, [new Row(Partition, SinceKey, SummaryProgressStore.Through.Of(since))], cancellation: cancellation);

    private static string Key(DateTimeOffset day) => day.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture);
}

/// <summary>How long the service was down on a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Hours">Hours (UTC) in which nothing ran.</param>
public readonly record struct Outage(DateOnly Day, int Hours)
{
    private const int HoursOfDay = 24;

    /// <summary>True where it was down for more than half of the day: what came in is no number of that day.</summary>
    public bool IsHole => 2 * Hours > HoursOfDay;
}
