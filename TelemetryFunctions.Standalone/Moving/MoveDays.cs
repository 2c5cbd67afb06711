using System.Globalization;
using TelemetryFunctions.Charts.Documents;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Days as files have them.</summary>
internal static class MoveDays
{
    public const string Format = "yyyy-MM-dd";

    // Charts have every day from their first on: a year that is mistyped must not make them hundreds of years long.
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    public static string Write(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

    public static string Write(DateTimeOffset day) => day.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">It is long before any such service.</exception>
    public static void Check(DateOnly day)
    {
        if (day < Earliest)
            throw new FormatException($"is of {Write(day)}; days from {Write(Earliest)} on are believed.");
    }

    /// <summary>True for the start of a day, epoch ms.</summary>
    public static bool IsStart(long ms) =>
        ms % ChartData.DayMs == 0 && ms >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The start of a day, epoch ms.</summary>
    public static long Ms(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
