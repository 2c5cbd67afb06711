using System.Globalization;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Page;

/// <summary>What a metric shows where few systems have something, a sentence for those who report.</summary>
internal static class FewSystems
{
    /// <param name="metric">The metric.</param>
    /// <param name="minimum">Systems that a label must have.</param>
    public static string Of(Metric metric, int minimum)
    {
        var kind = metric.Kind;
        var least = minimum.ToString(CultureInfo.InvariantCulture);
        if (kind == MetricKind.Count)
            return "The number of systems is shown however small it is.";
        if (kind == MetricKind.Age || kind == MetricKind.AgeInDays)
            return "Every number is shown, also that of a single system. It says when systems were first seen, and nothing that they sent.";
        if (minimum <= 1)
            return kind == MetricKind.Mean ? $"All but the percentiles is shown of a single system; these of {MeanAccumulator.MinimumOfPercentiles}." : "It is shown of a single system.";
        if (kind == MetricKind.Mean)
            return $"Nothing is shown of a day on which fewer than {least} systems sent it, and no percentile where fewer than {Math.Max(minimum, MeanAccumulator.MinimumOfPercentiles).ToString(CultureInfo.InvariantCulture)} did.";
        if (kind == MetricKind.Sum)
            return $"Nothing is shown of a day on which fewer than {least} systems sent it.";
        if (kind == MetricKind.Versions)
            return $"A version that fewer than {least} systems have is part of “other”, and so is a name that fewer than {least} systems have, with all of its versions.";
        return $"A value that fewer than {least} systems have is part of “other”.";
    }
}
