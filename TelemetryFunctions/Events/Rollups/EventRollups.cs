using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events.Rollups;

/// <summary>Makes the points of a day of events, and of its hours. Doing it again gives the same.</summary>
public sealed class EventRollups(EventHourReader reader, UserHashes hashes, UserDays users, RollupStore rollups)
{
    private static readonly string[] Labels = ["daily", "weekly", "monthly"];

    private const int MonthDays = 30;

    private static readonly int[] Spans = [1, 7, MonthDays];

    /// <returns>Events that were counted, and rows that could not be read.</returns>
    public async Task<WindowResult> RollUpAsync(Window day, CancellationToken cancellation)
    {
        var (count, skipped) = (0L, reader.Skipped);
        var ofDay = EventAccumulators.OfDay();
        var hash = await hashes.GetHashAsync(cancellation);
        var (active, seen) = (new HashSet<ulong>(), new HashSet<string>());
        var known = await rollups.FindWindowsAsync(EventStore.Hour, day, cancellation);
        var rows = await reader.CountAsync(day, cancellation);
        for (var hour = new Window(day.Start, EventStore.Hour); hour.Start < day.End; hour = hour.Next)
        {
            // Of most hours of a small site there is nothing to read, and nothing to replace.
            if (!rows.ContainsKey(hour) && !known.Contains(hour.Start.ToUnixTimeMilliseconds()))
                continue;

            var (ofHour, api, database) = (EventAccumulators.OfHour(), EventAccumulators.Api(), EventAccumulators.Database());
            IEventAccumulator[] all = [.. ofDay, .. ofHour, api, database];
            await foreach (var stored in reader.ReadAsync(hour, rows.GetValueOrDefault(hour), cancellation))
            {
                foreach (var accumulator in all)
                    accumulator.Add(stored);
                count++;

                // The users of an hour are few beside its events.
                if (stored.User.Length > 0 && seen.Add(stored.User))
                    active.Add(hash(stored.User));
            }

            seen.Clear();
            if (api.HasOverflown || database.HasOverflown)
                (api, database) = await LookAgainAsync(hour, rows.GetValueOrDefault(hour), api, database, cancellation);
            await rollups.ReplaceAsync(Rollup.Of(EventStore.Hour), hour, ofHour.Append(api).Append(database).SelectMany(accumulator => accumulator.Points()), cancellation);
        }

        await rollups.ReplaceAsync(Rollup.Of(day.Length).Where(rollup => rollup != Rollup.ActiveUsers), day, ofDay.SelectMany(accumulator => accumulator.Points()), cancellation);
        await users.ReplaceAsync(DateOnly.FromDateTime(day.Start.UtcDateTime), active, cancellation);
        return new WindowResult(count, reader.Skipped - skipped);
    }

    /// <summary>Counts active users, of a day and of the week and the month that end with it.</summary>
    /// <param name="day">The day.</param>
    /// <param name="firstKept">The first day that has not expired: what was counted over days before it stays.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task CountUsersAsync(Window day, DateTimeOffset firstKept, CancellationToken cancellation)
    {
        var counts = await users.CountAsync(DateOnly.FromDateTime(day.Start.UtcDateTime), Spans, cancellation);
        var before = day.Start.AddDays(1 - MonthDays) >= firstKept ? [] : await ReadCountedAsync(day, cancellation);
        await rollups.ReplaceAsync(
            [Rollup.ActiveUsers],
            day,
            counts.Select((count, i) => new RollupPoint(
                Rollup.ActiveUsers, "", Labels[i], day.Start.AddDays(1 - Spans[i]) < firstKept ? before.GetValueOrDefault(Labels[i], count) : count)),
            cancellation);
    }

    private async Task<Dictionary<string, double>> ReadCountedAsync(Window day, CancellationToken cancellation)
    {
        await foreach (var (_, stored) in rollups.ReadAsync(Rollup.ActiveUsers, day.Start, day.End, cancellation))
            return stored.Labels.Zip(stored.Numbers).ToDictionary(counted => counted.First, counted => counted.Second);
        return [];
    }

    private async Task<(LatencyAccumulator Api, LatencyAccumulator Database)> LookAgainAsync(
        Window hour, long events, LatencyAccumulator api, LatencyAccumulator database, CancellationToken cancellation)
    {
        (api, database) = (EventAccumulators.Api(api.FindLargest()), EventAccumulators.Database(database.FindLargest()));
        await foreach (var stored in reader.ReadAsync(hour, events, cancellation))
        {
            api.Add(stored);
            database.Add(stored);
        }

        return (api, database);
    }
}
