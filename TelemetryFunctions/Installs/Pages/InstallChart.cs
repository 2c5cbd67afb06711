namespace TelemetryFunctions.Installs.Pages;

/// <summary>A package's installs over time: a bar a day, week (from Monday) or month.</summary>
/// <param name="Step">What a bar stands for.</param>
/// <param name="Bars">The bars, oldest first, without gaps.</param>
internal sealed record InstallChart(ChartStep Step, IReadOnlyList<InstallBar> Bars)
{
    /// <param name="installs">Installs by day, oldest first; days without any may be missing.</param>
    /// <param name="last">The last day of the chart.</param>
    /// <param name="step">What a bar stands for; null chooses what suits the time there is.</param>
    /// <param name="first">The first day that is asked for, whose whole bar is shown; null for all.</param>
    public static InstallChart Build(IReadOnlyList<InstallDay> installs, DateOnly last, ChartStep? step, DateOnly? first = null)
    {
        if (installs.Count == 0)
            return new InstallChart(step ?? ChartStep.Day, []);

        last = last > installs[^1].Day ? last : installs[^1].Day;
        var from = first > installs[0].Day ? first.Value : installs[0].Day;
        var chosen = step ?? ChartSteps.Choose(from, last);
        from = ChartSteps.StartOf(chosen, from);
        var sums = installs.Where(day => day.Day >= from).GroupBy(day => ChartSteps.StartOf(chosen, day.Day)).ToDictionary(bar => bar.Key, bar => Sum(bar.Key, bar));
        var bars = new List<InstallBar>();
        for (var start = from; start <= last; start = ChartSteps.Next(chosen, start))
            bars.Add(sums.GetValueOrDefault(start, new InstallBar(start, 0, 0)));
        return new InstallChart(chosen, bars);
    }

    private static InstallBar Sum(DateOnly start, IEnumerable<InstallDay> days) => days.Aggregate(
        new InstallBar(start, 0, 0), (sum, day) => new InstallBar(start, sum.Installs + day.Installs, sum.Ci + day.Ci));
}

/// <summary>A bar of the chart.</summary>
/// <param name="Start">Its first day.</param>
/// <param name="Installs">Installs.</param>
/// <param name="Ci">Those of them in CI; null where they were not told apart on all of its days.</param>
internal readonly record struct InstallBar(DateOnly Start, long Installs, long? Ci);
