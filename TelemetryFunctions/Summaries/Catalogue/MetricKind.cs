using Google.Protobuf.Reflection;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>How a metric's field becomes points, and how these are to be read.</summary>
/// <param name="Name">The kind's name in the catalogue.</param>
/// <param name="Create">Makes an empty accumulator for a field.</param>
public sealed record MetricKind(string Name, Func<FieldDescriptor?, IAccumulator> Create)
{
    /// <summary>The values of <c>?by=</c>, the default first; empty where there is only one breakdown.</summary>
    public IReadOnlyList<string> Breakdowns { get; init; } = [];

    /// <summary>True where there is a chart for every name that systems report.</summary>
    public bool IsPerName { get; init; }

    /// <summary>True where systems younger than the minimum age are counted too.</summary>
    public bool CountsYoung { get; init; }

    /// <summary>
    /// True where a label that a done window lacks counts 0 there; false where there is no value, as for a mean over nothing.
    /// </summary>
    public bool AbsentIsZero { get; init; } = true;

    /// <summary>The order of the labels in a chart.</summary>
    public IComparer<string> LabelOrder { get; init; } = StringComparer.Ordinal;

    /// <summary>Systems that reported.</summary>
    public static readonly MetricKind Count = new("count", _ => new CountAccumulator());

    /// <summary>Systems by the version of each component.</summary>
    public static readonly MetricKind Versions = new("versions", field => new VersionsAccumulator(field!))
    {
        Breakdowns = [VersionsAccumulator.ByXy, VersionsAccumulator.ByXyz],
        IsPerName = true,
        LabelOrder = new NaturalOrder(),
    };

    /// <summary>The mean of numbers over the systems that sent them.</summary>
    public static readonly MetricKind Mean = new("mean", field => new MeanAccumulator(field!))
    {
        Breakdowns = [MeanAccumulator.ByMean, MeanAccumulator.ByMinimum, MeanAccumulator.ByMedian, MeanAccumulator.ByMaximum],
        AbsentIsZero = false,
    };

    /// <summary>Systems by the time since they were first seen.</summary>
    public static readonly MetricKind Age = new("age", _ => new AgeAccumulator())
    {
        CountsYoung = true,
        LabelOrder = new ListedOrder(AgeAccumulator.Labels),
    };
}
