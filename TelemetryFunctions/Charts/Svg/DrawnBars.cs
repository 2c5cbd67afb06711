using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>The newest day of a chart as bars, no more than have room.</summary>
/// <param name="Bars">The bars, from the top.</param>
/// <param name="LeftOut">Bars that have no room, where they can't be added up.</param>
internal sealed record DrawnBars(IReadOnlyList<(string Label, double Value)> Bars, int LeftOut = 0)
{
    public static DrawnBars Of(ChartOfSeries chart, ChartDocument document, int max, Texts texts)
    {
        var all = LatestDay.Find(document)!.Values;
        var isScale = chart.Id.Metric.Kind.HasFixedLabels || chart.Id.Metric.Order is not null;
        var other = all.Where(bar => bar.Label == LabelBounds.Other && bar.Value > 0).ToList();
        var bars = all.Where(bar => bar.Label != LabelBounds.Other && (isScale || bar.Value > 0)).ToList();

        // The end of a scale is nothing but zeros, mostly.
        while (isScale && bars.Count > 1 && bars[^1].Value == 0)
            bars.RemoveAt(bars.Count - 1);
        if (!isScale)
            bars = [.. bars.OrderByDescending(bar => bar.Value).ThenBy(bar => bar.Label, StringComparer.Ordinal)];
        if (bars.Count + other.Count <= max)
            return new DrawnBars([.. bars, .. other]);

        // Labels of which a system can have several would be counted twice in a sum.
        if (document.Counted is not null)
            return new DrawnBars([.. bars.Take(Math.Max(1, max - 1))], bars.Count + other.Count - Math.Max(1, max - 1));

        var places = Math.Max(1, max - other.Count - 1);
        var (kept, rest) = (bars.Take(places), bars.Skip(places).ToList());
        if (isScale)
        {
            // What is accumulated counts those beyond already.
            var value = chart.By == AgeInDaysAccumulator.ByAccumulated ? rest[0].Value : rest.Sum(bar => bar.Value);
            return new DrawnBars([.. kept, (texts.Say("drawing.andBeyond", ("label", texts.Label(rest[0].Label))), value), .. other]);
        }

        return new DrawnBars([.. kept, (LabelBounds.Other, rest.Concat(other).Sum(bar => bar.Value))]);
    }
}
