using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Relay;

/// <summary>
/// When a relay sends: each hour at a moment drawn for this installation, so that relays do not all come at once; and before midnight (UTC), until half a
/// minute after which a report can count on its day, all that is left.
/// </summary>
/// <param name="offsetSeconds">Seconds after the full hour, 0 to 3,599.</param>
internal sealed class RelaySchedule(int offsetSeconds)
{
    public const int SecondsAnHour = 3_600;

    // The last run of a day is drawn as well: from 23:48 to 23:58, and time is left to try again.
    private const int LastRunsShare = 6;
    private static readonly TimeSpan LastRuns = new(23, 48, 0);

    /// <summary>Behind that run what comes in is sent soon.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    /// <summary>Time for what is sent last to arrive.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(10);

    /// <summary>The next time after a moment.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        var day = Window.Day(after);
        var hour = Window.At(after, TimeSpan.FromHours(1));
        var hourly = hour.Start.AddSeconds(offsetSeconds) is var slot && slot > after ? slot : hour.End.AddSeconds(offsetSeconds);
        var last = day.Start + LastRuns + TimeSpan.FromSeconds(offsetSeconds) / LastRunsShare;
        var next = hourly < last || last <= after ? hourly : last;
        var soon = after + Soon;
        return after >= last || soon <= (day with { Start = day.Start - day.Length }).LastWrite - OnItsWay ? Earlier(next, soon) : next;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
