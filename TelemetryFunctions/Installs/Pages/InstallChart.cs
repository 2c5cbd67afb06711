namespace TelemetryFunctions.Installs.Pages;

/// <summary>What a bar of the chart stands for.</summary>
internal enum ChartStep
{
    Day,
    Week,
    Month,
}

/// <summary>A package's installs over time: a bar a day, week (from Monday) or month.</summary>
/// <param name="Step">What a bar stands for.</param>
/// <param name="Bars">The bars, oldest first, without gaps.</param>
internal sealed record InstallChart(ChartStep Step, IReadOnlyList<InstallBar> Bars)
{
    private const int MostDays = 92;
    private const int MostDaysByWeek = 731;

    /// <param name="installs">Installs by day, oldest first; days without any may be missing.</param>
    /// <param name="last">The last day of the chart.</param>
    /// <param name="step">What a bar stands for; null chooses what suits the time there is.</param>
    public static InstallChart Build(IReadOnlyList<InstallDay> installs, DateOnly last, ChartStep? step)
    {
        if (installs.Count == 0)
            return new InstallChart(step ?? ChartStep.Day, []);

        last = last > installs[^1].Day ? last : installs[^1].Day;
        var days = last.DayNumber - installs[0].Day.DayNumber + 1;
        var chosen = step ?? (days <= MostDays ? ChartStep.Day : days <= MostDaysByWeek ? ChartStep.Week : ChartStep.Month);
        var sums = installs.GroupBy(day => StartOf(chosen, day.Day)).ToDictionary(bar => bar.Key, bar => Sum(bar.Key, bar));
        var bars = new List<InstallBar>();
        for (var start = StartOf(chosen, installs[0].Day); start <= last; start = Next(chosen, start))
            bars.Add(sums.GetValueOrDefault(start, new InstallBar(start, 0, 0)));
        return new InstallChart(chosen, bars);
    }

    public static string NameOf(ChartStep step) => step switch
    {
        ChartStep.Week => "week",
        ChartStep.Month => "month",
        _ => "day",
    };

    private static InstallBar Sum(DateOnly start, IEnumerable<InstallDay> days) => days.Aggregate(
        new InstallBar(start, 0, 0), (sum, day) => new InstallBar(start, sum.Installs + day.Installs, sum.Ci + day.Ci));

    private static DateOnly StartOf(ChartStep step, DateOnly day) => step switch
    {
        ChartStep.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        ChartStep.Month => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };

    private static DateOnly Next(ChartStep step, DateOnly start) => step switch
    {
        ChartStep.Week => start.AddDays(7),
        ChartStep.Month => start.AddMonths(1),
        _ => start.AddDays(1),
    };
}

/// <summary>A bar of the chart.</summary>
/// <param name="Start">Its first day.</param>
/// <param name="Installs">Installs.</param>
/// <param name="Ci">Those of them in CI; null where they were not told apart on all of its days.</param>
internal readonly record struct InstallBar(DateOnly Start, long Installs, long? Ci);
