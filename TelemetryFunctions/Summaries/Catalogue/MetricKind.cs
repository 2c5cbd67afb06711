using System.Collections.Frozen;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>How a metric's field becomes points, and how these are to be read.</summary>
/// <param name="Name">The kind's name in the catalogue, and the key of what is said of it to those who report: <c>entry.count</c>.</param>
/// <param name="Wants">The field it reads.</param>
/// <param name="Create">Makes an empty accumulator of a metric.</param>
public sealed record MetricKind(string Name, FieldShape Wants, Func<Metric, IAccumulator> Create)
{
    /// <summary>True where a metric may say how values become labels.</summary>
    public bool TakesFormat { get; init; }

    /// <summary>True where a metric may say what labels are called, and which there are.</summary>
    public bool TakesLabels { get; init; }

    /// <summary>True where a metric may say which buckets there are.</summary>
    public bool TakesBuckets { get; init; }

    /// <summary>True where a metric must say what one system counts at most.</summary>
    public bool TakesCap { get; init; }

    /// <summary>The values of <c>?by=</c>, the default first; empty where there is only one breakdown.</summary>
    public IReadOnlyList<string> Breakdowns { get; init; } = [];

    /// <summary>Values of <c>?by=</c> that are not offered any more, and what answers them.</summary>
    public IReadOnlyDictionary<string, string> FormerBreakdowns { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>True where there is a chart for every name that systems report.</summary>
    public bool IsPerName { get; init; }

    /// <summary>True where a label that too few systems carry is counted as <c>other</c>.</summary>
    public bool FoldsFew { get; init; }

    /// <summary>True where systems younger than the minimum age are counted too.</summary>
    public bool CountsYoung { get; init; }

    /// <summary>
    /// True where a label that a done window lacks counts 0 there, if no other may hide it; false where there is no value, as for a
    /// mean over nothing.
    /// </summary>
    public bool AbsentIsZero { get; init; } = true;

    /// <summary>True where the labels are the kind's own, few, and belong together.</summary>
    public bool HasFixedLabels => LabelOrder is ListedOrder || !AbsentIsZero;

    /// <summary>The labels that a metric's chart can have, beside <c>other</c>; null where any can be.</summary>
    public Func<Metric, IReadOnlyList<string>>? LabelsOf { get; init; }

    /// <summary>The order of the labels in a chart.</summary>
    public IComparer<string> LabelOrder { get; init; } = StringComparer.Ordinal;

    /// <summary>Systems that reported.</summary>
    public static readonly MetricKind Count =
        new("count", FieldShape.None, _ => new CountAccumulator()) { LabelsOf = _ => [CountAccumulator.Label] };

    /// <summary>Systems by a value.</summary>
    public static readonly MetricKind CountBy = new(
        "count-by", FieldShape.Label, metric => new CountByAccumulator(metric.Field!, metric.Format, metric.Labels))
    {
        TakesFormat = true,
        TakesLabels = true,
        FoldsFew = true,
        LabelOrder = new NaturalOrder(),
    };

    /// <summary>Systems by the version of each component.</summary>
    public static readonly MetricKind Versions = new(
        "versions",
        FieldShape.Versions,
        metric => new VersionsAccumulator(metric.Field!))
    {
        Breakdowns = [VersionsAccumulator.ByXy, VersionsAccumulator.ByXyz],
        IsPerName = true,
        FoldsFew = true,
        LabelOrder = new NaturalOrder(),
    };

    /// <summary>The median and the mean of numbers over the systems that sent them.</summary>
    public static readonly MetricKind Mean = new(
        "mean",
        FieldShape.Numbers,
        metric => new MeanAccumulator(metric.Field!))
    {
        Breakdowns = [MeanAccumulator.ByMedian, MeanAccumulator.ByMean, MeanAccumulator.ByP5, MeanAccumulator.ByP95],
        FormerBreakdowns = new Dictionary<string, string> { ["min"] = MeanAccumulator.ByP5, ["max"] = MeanAccumulator.ByP95 },
        LabelsOf = metric => metric.Field!.NumberNames,
        AbsentIsZero = false,
    };

    /// <summary>Systems by a number, in buckets.</summary>
    public static readonly MetricKind Histogram = new(
        "histogram",
        FieldShape.Number,
        metric => new HistogramAccumulator(metric.Field!, metric.Buckets))
    {
        TakesBuckets = true,
        FoldsFew = true,
        LabelsOf = metric => metric.Buckets.Labels,
        LabelOrder = new ListedOrder(DoublingBuckets.Labels),
    };

    /// <summary>A number, added up over all systems.</summary>
    public static readonly MetricKind Sum = new(
        "sum", FieldShape.Number, metric => new SumAccumulator(metric.Field!, metric.Cap))
    {
        TakesCap = true,
        LabelsOf = _ => [SumAccumulator.Label],
        AbsentIsZero = false,
    };

    /// <summary>Systems by the time since they were first seen, in spans that people name.</summary>
    public static readonly MetricKind Age = new(
        "age", FieldShape.None, _ => new AgeAccumulator())
    {
        CountsYoung = true,
        LabelsOf = _ => AgeAccumulator.Labels,
        LabelOrder = new ListedOrder(AgeAccumulator.Labels),
    };

    /// <summary>Systems by the days since they were first seen, in buckets, and accumulated.</summary>
    public static readonly MetricKind AgeInDays = new(
        "age-in-days",
        FieldShape.None,
        _ => new AgeInDaysAccumulator())
    {
        Breakdowns = [AgeInDaysAccumulator.ByAge, AgeInDaysAccumulator.ByAccumulated],
        CountsYoung = true,
        LabelsOf = _ => DoublingBuckets.Labels,
        LabelOrder = new ListedOrder(DoublingBuckets.Labels),
    };

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<MetricKind> All { get; } = [Count, CountBy, Versions, Mean, Histogram, Sum, Age, AgeInDays];
}
