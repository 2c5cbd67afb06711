using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Installs;

/// <summary>Installs by label over time, as they may be published.</summary>
/// <param name="Step">What a bar stands for.</param>
/// <param name="Starts">The first days of the bars, oldest first, without gaps.</param>
/// <param name="Series">The labels, <see cref="InstallCounts.Other"/> last.</param>
public sealed record ShareChart(ChartStep Step, IReadOnlyList<DateOnly> Starts, IReadOnlyList<ShareSeries> Series)
{
    /// <summary>Labels beside <see cref="InstallCounts.Other"/>: as many as there are colours that one can tell apart.</summary>
    public const int MaxLabels = 7;

    public static readonly ShareChart Empty = new(ChartStep.Day, [], []);

    /// <param name="days">Installs by label and day, oldest first.</param>
    /// <param name="last">The last day that is counted.</param>
    /// <param name="minimum">A label with fewer installs in a bar is folded.</param>
    /// <param name="asked">What a bar stands for; null chooses what suits the time there is.</param>
    public static ShareChart Build(IReadOnlyList<(DateOnly Day, IDictionary<string, long> Installs)> days, DateOnly last, int minimum, ChartStep? asked = null)
    {
        if (days.Count == 0)
            return Empty;

        var step = asked ?? ChartSteps.Choose(days[0].Day, last > days[^1].Day ? last : days[^1].Day);
        var named = days.SelectMany(day => day.Installs)
            .GroupBy(label => label.Key, label => label.Value)
            .Where(label => label.Key != InstallCounts.Other)
            .OrderByDescending(label => label.Sum())
            .ThenBy(label => label.Key, StringComparer.Ordinal)
            .Take(MaxLabels)
            .Select(label => label.Key)
            .ToHashSet(StringComparer.Ordinal);
        var bars = days
            .GroupBy(day => ChartSteps.StartOf(step, day.Day))
            .Select(bar => (Start: bar.Key, Installs: Fold(bar.SelectMany(day => day.Installs), named, minimum)))
            .Where(bar => bar.Installs.Count > 0)
            .ToDictionary(bar => bar.Start, bar => bar.Installs);
        if (bars.Count == 0)
            return Empty;

        var starts = new List<DateOnly>();
        for (var start = bars.Keys.Min(); start <= bars.Keys.Max(); start = ChartSteps.Next(step, start))
            starts.Add(start);
        var labels = bars.Values.SelectMany(bar => bar.Keys).Distinct().Order(new NaturalOrder());
        return new ShareChart(step, starts, [.. labels.Select(label => new ShareSeries(label, [.. starts.Select(start => Value(start, label))]))]);

        long? Value(DateOnly start, string label) =>
            bars.TryGetValue(start, out var bar) && bar.TryGetValue(label, out var installs) ? installs : null;
    }

    /// <summary>The bars from the one of a day on, with the labels that they have.</summary>
    public ShareChart Since(DateOnly? first)
    {
        var skipped = Starts.TakeWhile(start => ChartSteps.Next(Step, start) <= first).Count();
        if (skipped == 0)
            return this;

        var series = Series.Select(series => series with { Values = [.. series.Values.Skip(skipped)] }).Where(series => series.Values.Any(value => value is not null));
        return new ShareChart(Step, [.. Starts.Skip(skipped)], [.. series]);
    }

    /// <summary>What may be published of a bar: no number below the minimum, that of the rest neither.</summary>
    private static Dictionary<string, long> Fold(IEnumerable<KeyValuePair<string, long>> installs, HashSet<string> named, int minimum)
    {
        var sums = installs.GroupBy(label => label.Key, label => label.Value).Select(label => (Label: label.Key, Installs: label.Sum())).ToList();
        var kept = new Stack<(string Label, long Installs)>(sums
            .Where(label => named.Contains(label.Label) && label.Installs >= minimum)
            .OrderByDescending(label => label.Installs)
            .ThenBy(label => label.Label, StringComparer.Ordinal));
        var rest = sums.Sum(label => label.Installs) - kept.Sum(label => label.Installs);
        while (rest > 0 && rest < minimum && kept.TryPop(out var smallest))
            rest += smallest.Installs;

        var published = kept.ToDictionary(label => label.Label, label => label.Installs);
        if (rest > 0 && rest >= minimum)
            published[InstallCounts.Other] = rest;
        return published;
    }
}

/// <summary>One label of a chart.</summary>
/// <param name="Label">The label.</param>
/// <param name="Values">Installs, one a bar; null where they are not published by themselves.</param>
public sealed record ShareSeries(string Label, IReadOnlyList<long?> Values);
