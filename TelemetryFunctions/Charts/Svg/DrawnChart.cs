using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>A chart as it is drawn: no more days than there are pixels, and no more series than one can tell apart.</summary>
/// <param name="Times">The starts of the days that are drawn, epoch ms, oldest first.</param>
/// <param name="Series">The series, from the bottom of a stack to its top.</param>
/// <param name="LeftOut">Series that are not drawn, where they can't be added up.</param>
internal sealed record DrawnChart(IReadOnlyList<long> Times, IReadOnlyList<DrawnSeries> Series, int LeftOut)
{
    // The newest version is small over all days, and what everybody asks for.
    private const int LargestToday = 3;

    /// <summary>What all series have on a day; null where nothing is known.</summary>
    public IReadOnlyList<double?> Totals { get; } = Sum(Series.Select(series => series.Values), Times.Count);

    /// <summary>
    /// Reduces a chart: what is largest over all of its days is kept, and on the last one, and the rest becomes <c>other</c> for all
    /// of them.
    /// </summary>
    /// <param name="document">The chart.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="maxSeries">Series that may be drawn, <c>other</c> among them.</param>
    /// <param name="maxTimes">Days that may be drawn.</param>
    public static DrawnChart Of(ChartDocument document, MetricKind kind, int maxSeries, int maxTimes)
    {
        var days = Thin(document, Math.Max(1, maxTimes));
        var known = document.Series.Where(series => series.Values.Any(value => value is not null)).ToList();
        var series = known.Where(series => !kind.AbsentIsZero || series.Values.Any(value => value > 0)).ToList();
        if (series.Count == 0)
            series = [.. known.Take(1)];

        // Labels of which a system can have several would be counted twice in a sum.
        var canAdd = kind.AbsentIsZero && document.Counted is null;
        var named = series.Where(series => series.Label != LabelBounds.Other).ToList();
        var fits = series.Count <= maxSeries && named.Count <= ChartStyle.Colors;
        var places = Math.Max(1, Math.Min(ChartStyle.Colors, canAdd ? maxSeries - 1 : maxSeries));
        var kept = fits ? [.. named] : Largest(named, places, LatestDay.Find(document)?.Index ?? 0);
        var rest = series.Where(series => !kept.Contains(series)).ToList();
        var drawn = named.Where(kept.Contains).Select((series, place) => new DrawnSeries(series.Label, Pick(series.Values), place)).ToList();
        var isOther = canAdd || rest.All(series => series.Label == LabelBounds.Other);
        if (isOther && rest.Count > 0)
            drawn.Insert(0, new DrawnSeries(LabelBounds.Other, Pick(Sum(rest.Select(series => series.Values), document.Times.Count)), null));
        return new DrawnChart([.. days.Select(day => document.Times[day])], drawn, isOther ? 0 : rest.Count);

        double?[] Pick(IReadOnlyList<double?> values) => [.. days.Select(day => values[day])];
    }

    private static HashSet<ChartSeries> Largest(List<ChartSeries> series, int places, int today)
    {
        var kept = series.OrderByDescending(series => series.Values[today] ?? 0).Take(Math.Min(LargestToday, places)).ToHashSet();
        foreach (var next in series.OrderByDescending(series => series.Values.Sum()))
        {
            if (kept.Count < places)
                kept.Add(next);
        }

        return kept;
    }

    /// <summary>One day of each so many, the last of which something is known: no day that stands alone is lost.</summary>
    private static List<int> Thin(ChartDocument document, int max)
    {
        var count = document.Times.Count;
        var step = Math.Max(1, (count + max - 1) / max);
        return [.. Enumerable.Range(0, (count + step - 1) / step).Select(i =>
        {
            var (first, last) = (i * step, Math.Min(count, (i + 1) * step) - 1);
            return Enumerable.Range(first, last - first + 1).LastOrDefault(day => document.Series.Any(series => series.Values[day] is not null), last);
        })];
    }

    private static double?[] Sum(IEnumerable<IReadOnlyList<double?>> all, int count)
    {
        var sums = new double?[count];
        foreach (var values in all)
        {
            for (var i = 0; i < count; i++)
                sums[i] = values[i] is { } value ? (sums[i] ?? 0) + value : sums[i];
        }

        return sums;
    }
}

/// <summary>One series as it is drawn.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Values">One a time; null where it is not known.</param>
/// <param name="Place">Its place among those with a name; null for <c>other</c>.</param>
internal sealed record DrawnSeries(string Label, IReadOnlyList<double?> Values, int? Place)
{
    public string Class => ChartStyle.ClassOf(Place);
}
