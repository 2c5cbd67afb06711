using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Functions;

/// <summary>What runs when. NCRONTAB, UTC: second, minute, hour, day, month, weekday.</summary>
internal static class Schedule
{
    /// <summary>A day is summarized as soon as it has closed; the run waits for the grace.</summary>
    public const string Midnight = "0 0 0 * * *";

    /// <summary>Hourly sources, and what midnight could not finish. Off the hour, so that it does not meet the midnight run.</summary>
    public const string Hourly = "0 5 * * * *";

    /// <summary>The next midnight run after <paramref name="now"/>.</summary>
    public static DateTimeOffset NextMidnight(DateTimeOffset now) => Window.Day(now).End;
}
