using TelemetryFunctions.Languages;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Page;

/// <summary>What a metric shows where few systems have something, a sentence for those who report.</summary>
internal static class FewSystems
{
    /// <param name="metric">The metric.</param>
    /// <param name="minimum">Systems that a label must have.</param>
    /// <param name="texts">The language.</param>
    public static string Of(Metric metric, int minimum, Texts texts)
    {
        const int percentiles = MeanAccumulator.MinimumOfPercentiles;
        var kind = metric.Kind;
        if (kind == MetricKind.Count)
            return texts["entry.fewCount"];
        if (kind == MetricKind.Age || kind == MetricKind.AgeInDays)
            return texts["entry.fewAge"];
        if (minimum <= 1)
            return kind == MetricKind.Mean ? texts.Html("entry.fewSingleMean", ("percentiles", percentiles)) : texts["entry.fewSingle"];
        if (kind == MetricKind.Mean)
            return texts.Html("entry.fewMean", ("least", minimum), ("percentiles", Math.Max(minimum, percentiles)));
        return texts.Html(kind == MetricKind.Sum ? "entry.fewSum" : kind == MetricKind.Versions ? "entry.fewVersions" : "entry.fewLabels", ("least", minimum));
    }
}
