using Microsoft.Extensions.Logging;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events.Forgetting;

/// <summary>Removes the events of users who are to be forgotten. Killed anywhere, it is done again from its start, and that gives the same.</summary>
public sealed partial class UserForgetter(
    ForgottenUsers users, EventStore events, EventMarks marks, ITableStore tables, TimeProvider clock, ILogger<UserForgetter> logger)
{
    /// <summary>Rewrites the rows that have such events, after their days are marked to be rolled up again.</summary>
    public async Task<RemovedEvents> RemoveAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var all = await users.ReadAsync(cancellation);

        // What they did until then would be too old to be taken in.
        foreach (var user in all.Where(user => user.DoneAt is not null && user.RequestedAt + EventLimits.MaxAge + ForgottenUsers.KnownAfter < now))
            await users.DeleteAsync(user, cancellation);
        var pending = all.Where(user => user.DoneAt is null).ToList();
        if (pending.Count == 0)
            return new RemovedEvents([], new HashSet<Window>());

        var days = new HashSet<Window>();
        var forgotten = await users.FindEventsAsync(pending, cancellation);
        var last = pending.Max(user => user.RequestedAt);
        await foreach (var row in events.ReadAllAsync(cancellation))
        {
            if (row.Hour.Start > last)
                break;
            if (ReadEvents(row, forgotten) is not { } read || read.Where(stored => !forgotten.Has(stored.User, stored.Ms)).ToList() is var kept && kept.Count == read.Count)
                continue;

            await marks.SetForRunAsync(DateOnly.FromDateTime(row.Hour.Start.UtcDateTime), cancellation);
            await events.WriteAsync(kept, row.Level, cancellation);
            await events.DeleteAsync([row], cancellation);
            days.Add(Window.Day(row.Hour.Start));
        }

        return new RemovedEvents([.. pending.Where(user => user.RequestedAt + ForgottenUsers.KnownAfter <= now)], days);
    }

    /// <summary>Purges the store, and notes that nothing is left of users.</summary>
    public async Task FinishAsync(IReadOnlyList<ForgottenUser> removed, CancellationToken cancellation)
    {
        if (removed.Count == 0)
            return;
        try
        {
            await tables.PurgeAsync(cancellation);
        }
        catch (StoreUnavailableException e)
        {
            Log.NotPurged(logger, e.Message);
            return;
        }

        foreach (var user in removed)
            await users.SetDoneAsync(user, cancellation);
        Log.Forgotten(logger, removed.Count);
    }

    /// <summary>Undoes what a clock that was ahead says of requests.</summary>
    public async Task TakeBackAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var user in (await users.ReadAsync(cancellation)).Where(user => user.RequestedAt > now + Window.Grace))
            await users.TakeBackAsync(user, cancellation);
    }

    /// <summary>The events of a row that may have some to be forgotten, else null.</summary>
    private static IReadOnlyList<StoredEvent>? ReadEvents(EventRow row, ForgottenEvents forgotten)
    {
        try
        {
            return row.ReadUsers().Any(forgotten.Has) ? row.Read() : null;
        }
        catch (InvalidDataException)
        {
            // It counts nowhere, and goes with its hour.
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Users} users are forgotten")]
        public static partial void Forgotten(ILogger logger, int users);

        [LoggerMessage(2, LogLevel.Warning, "What is left of forgotten users in the store's files could not be wiped out now; the next hourly run tries again: {Reason}")]
        public static partial void NotPurged(ILogger logger, string reason);
    }
}

/// <summary>What was removed.</summary>
/// <param name="Users">Those of whom nothing is left once their days are rolled up again and the store is purged.</param>
/// <param name="Days">The days that had events of them.</param>
public sealed record RemovedEvents(IReadOnlyList<ForgottenUser> Users, IReadOnlySet<Window> Days);
