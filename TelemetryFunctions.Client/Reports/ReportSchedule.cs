namespace TelemetryFunctions.Client.Reports;

/// <summary>When a system reports. Days are of UTC.</summary>
internal static class ReportSchedule
{
    /// <summary>What lies further ahead was written by a clock that was wrong.</summary>
    private static readonly TimeSpan BelievedAhead = TimeSpan.FromDays(1);

    /// <summary>When the next report is due; a time that has passed where one was missed.</summary>
    /// <param name="state">The system.</param>
    /// <param name="now">Now.</param>
    /// <param name="firstDelay">How long after its first start it reports for the first time.</param>
    public static DateTimeOffset NextAt(SystemState state, DateTimeOffset now, TimeSpan firstDelay)
    {
        if (state.ClaimedDay is not { } claimed)
            return state.FirstStart - now > BelievedAhead ? now : state.FirstStart + firstDelay;

        var today = Day(now);
        // A node whose clock is a little ahead may have done tomorrow's.
        var isDone = claimed == today || claimed == today.AddDays(1);
        return At(isDone ? claimed.AddDays(1) : today, state.Minute);
    }

    /// <summary>The day of a time.</summary>
    public static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static DateTimeOffset At(DateOnly day, int minute) => new(day, TimeOnly.MinValue.AddMinutes(minute), TimeSpan.Zero);
}
