using System.Globalization;

namespace TelemetryFunctions.Installs;

/// <summary>What a bar of a chart stands for.</summary>
public enum ChartStep
{
    Day,
    Week,
    Month,
}

/// <summary>Days, weeks (from Monday) and months.</summary>
public static class ChartSteps
{
    private const int MostDays = 92;
    private const int MostDaysByWeek = 731;

    /// <summary>What suits the time from a day to another one.</summary>
    public static ChartStep Choose(DateOnly first, DateOnly last) => (last.DayNumber - first.DayNumber + 1) switch
    {
        <= MostDays => ChartStep.Day,
        <= MostDaysByWeek => ChartStep.Week,
        _ => ChartStep.Month,
    };

    public static string NameOf(ChartStep step) => step switch
    {
        ChartStep.Week => "week",
        ChartStep.Month => "month",
        _ => "day",
    };

    /// <summary>What a bar is called: its first day, or its month.</summary>
    public static string LabelOf(ChartStep step, DateOnly start) =>
        start.ToString(step == ChartStep.Month ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>True where a bar is not counted to its end yet.</summary>
    /// <param name="step">What it stands for.</param>
    /// <param name="start">Its first day.</param>
    /// <param name="through">Until when it is counted.</param>
    public static bool IsOpen(ChartStep step, DateOnly start, DateTimeOffset? through) =>
        through is null || through.Value.UtcDateTime < Next(step, start).ToDateTime(TimeOnly.MinValue);

    /// <summary>The first day of the bar that has a day.</summary>
    public static DateOnly StartOf(ChartStep step, DateOnly day) => step switch
    {
        ChartStep.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        ChartStep.Month => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };

    /// <summary>The first day of the next bar.</summary>
    public static DateOnly Next(ChartStep step, DateOnly start) => step switch
    {
        ChartStep.Week => start.AddDays(7),
        ChartStep.Month => start.AddMonths(1),
        _ => start.AddDays(1),
    };
}
