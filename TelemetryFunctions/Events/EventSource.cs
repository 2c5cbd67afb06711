using TelemetryFunctions.Events.Forgetting;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events;

/// <summary>Rolls up the events of days, and again those that have got events since.</summary>
public sealed class EventSource(
    EventStore events, EventMarks marks, EventRollups rollups, UserDays users, UserForgetter forgetter, EventMerger merger, RollupStore stored, TimeProvider clock)
    : ISummarySource
{
    /// <summary>The partition in STATE.</summary>
    public const string SourceName = "events";

    /// <summary>How long events, and the hashes of their users, are kept at most.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    // A month that a day is in is counted again with it, as far as there are days.
    private const int MonthDays = 30;

    // Days that this run has done as windows, and when it began to. They are marked, and are not to be done twice in one run.
    private readonly Dictionary<Window, DateTimeOffset> _done = [];

    public string Name => SourceName;

    public TimeSpan WindowLength => TimeSpan.FromDays(1);

    public async Task<DateTimeOffset?> FindOldestAsync(CancellationToken cancellation) =>
        await events.FindOldestAsync(cancellation) is { } hour ? Window.Day(hour.Start).Start : null;

    /// <remarks>A window that is not over has been done by <see cref="RefreshAsync"/>, where it has events.</remarks>
    public async Task<WindowResult> SummarizeAsync(Window window, bool isProvisional, CancellationToken cancellation)
    {
        if (isProvisional)
            return default;

        _done[window] = clock.GetUtcNow();
        var result = await rollups.RollUpAsync(window, cancellation);
        await rollups.CountUsersAsync(window, FirstKept(window.Start), cancellation);
        return result;
    }

    public async Task<WindowResult> RefreshAsync(DateTimeOffset? through, CancellationToken cancellation)
    {
        var removed = await forgetter.RemoveAsync(cancellation);
        foreach (var day in removed.Days)
            _done.Remove(day);
        var result = await RollUpMarkedAsync(through, cancellation);

        // Until then the hashes of users have those who are forgotten.
        await forgetter.FinishAsync(removed.Users, cancellation);
        await merger.MergeAsync(clock.GetUtcNow(), cancellation);
        return result;
    }

    public async Task TakeBackAsync(DateTimeOffset now, AheadSpan? ahead, CancellationToken cancellation)
    {
        _done.Clear();
        await forgetter.TakeBackAsync(now, cancellation);

        // Events lie at their own time, and come to be in the past.
        if (ahead is not null)
            await stored.DeleteFromAsync(Window.Day(ahead.From).End, cancellation);
    }

    public async Task<long> ExpireAsync(DateTimeOffset through, CancellationToken cancellation)
    {
        var first = FirstKept(through);
        await users.DeleteBeforeAsync(DateOnly.FromDateTime(first.UtcDateTime), cancellation);
        return await events.DeleteThroughAsync(first, cancellation);
    }

    private async Task<WindowResult> RollUpMarkedAsync(DateTimeOffset? through, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = Window.Day(now);

        // What is not done yet, and is over, is done by the run as any window is.
        var marked = await marks.ReadAsync(cancellation);
        var days = marked.Select(day => Window.Day(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)))
            .Where(day => day.Start <= today.Start && (day.End <= through || day == today))
            .ToList();

        // What a day was whose events have expired stays.
        var firstKept = FirstKept(through ?? today.Start);
        var due = days.Where(day => day.Start >= firstKept && !_done.ContainsKey(day)).ToList();
        var (rows, skipped) = (0L, 0L);
        foreach (var day in due)
        {
            var result = await rollups.RollUpAsync(day, cancellation);
            (rows, skipped) = (rows + result.Rows, skipped + result.Skipped);
        }

        if (due.Count > 0)
        {
            for (var day = due[0]; day.Start <= today.Start && day.Start <= due[^1].Start.AddDays(MonthDays - 1); day = day.Next)
            {
                if (day.End <= through || due.Contains(day))
                    await rollups.CountUsersAsync(day, firstKept, cancellation);
            }
        }

        await marks.ClearAsync(days.ToDictionary(day => DateOnly.FromDateTime(day.Start.UtcDateTime), day => _done.GetValueOrDefault(day, now)), cancellation);
        return new WindowResult(rows, skipped);
    }

    // Windows are days: what would be too old before the next one is over goes with this one.
    private DateTimeOffset FirstKept(DateTimeOffset through) => through + WindowLength - Retention;
}
