using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Events.Operations;

/// <summary>Makes the data of a rollup smaller, for a chart of many days or labels.</summary>
public static class RollupSummary
{
    private const string ErrorRate = "error-rate";
    private const string Latency = "-ms";

    /// <summary>
    /// Days in place of hours: counts are added up, a rate is that of the day, and of percentiles, which can't be made of others, the highest
    /// of the day's hours is told.
    /// </summary>
    public static RollupDocument ByDay(RollupDocument hours)
    {
        var days = hours.Times.Select(DayOf).Distinct().ToList();
        var places = hours.Times.Select(time => days.IndexOf(DayOf(time))).ToList();
        var series = hours.Series.Select(one => one with { Values = Fold(one, places, days.Count) }).ToList();
        var counts = series.ToDictionary(one => (one.Label, one.Value), one => one.Values);
        return hours with
        {
            Step = "day",
            Times = days,
            Series = [.. series.Select(one => one.Value == ErrorRate ? one with { Values = RateOf(one, counts) } : one)],
        };
    }

    /// <summary>The labels with the most, and the counts of the others as <c>other</c>; their rates and latencies are left out.</summary>
    public static RollupDocument Largest(RollupDocument document, int most)
    {
        var kept = document.Series.Where(one => one.Label != LabelBounds.Other)
            .GroupBy(one => one.Label)
            .Select(label => (Label: label.Key, Total: label.Where(IsCount).Sum(one => one.Values.Sum() ?? 0)))
            .OrderByDescending(label => label.Total)
            .ThenBy(label => label.Label, StringComparer.Ordinal)
            .Take(most)
            .Select(label => label.Label)
            .ToHashSet(StringComparer.Ordinal);
        var rest = document.Series.Where(one => !kept.Contains(one.Label)).ToList();
        if (rest.TrueForAll(one => one.Label == LabelBounds.Other))
            return document;

        var others = rest.Where(IsCount)
            .GroupBy(one => one.Value)
            .Select(value => new RollupSeries(LabelBounds.Other, value.Key, [.. document.Times.Select((_, i) => Sum(value.Select(one => one.Values[i])))]));
        return document with { Series = [.. document.Series.Where(one => kept.Contains(one.Label)), .. others] };
    }

    private static bool IsCount(RollupSeries series) => series.Value != ErrorRate && !series.Value.EndsWith(Latency, StringComparison.Ordinal);

    private static double?[] Fold(RollupSeries series, List<int> places, int days)
    {
        var values = new double?[days];
        foreach (var (i, value) in series.Values.Index())
        {
            ref var day = ref values[places[i]];
            day = value is null ? day : day is null ? value : IsCount(series) ? day + value : Math.Max(day.Value, value.Value);
        }

        return values;
    }

    private static double?[] RateOf(RollupSeries rate, Dictionary<(string Label, string Value), IReadOnlyList<double?>> counts)
    {
        var (errors, requests) = (counts.GetValueOrDefault((rate.Label, "errors")), counts.GetValueOrDefault((rate.Label, "requests")));
        return [.. rate.Values.Select((_, i) => requests?[i] is > 0 and var all ? (errors?[i] ?? 0) / all : (double?)null)];
    }

    private static double? Sum(IEnumerable<double?> values) => values.Aggregate((double?)null, (sum, value) => value is null ? sum : (sum ?? 0) + value);

    private static long DayOf(long time) => time - time % (long)TimeSpan.FromDays(1).TotalMilliseconds;
}
