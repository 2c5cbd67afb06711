using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>One entry of the catalogue.</summary>
/// <param name="Id">Its id in routes and tables, <c>[a-z0-9-]+</c>.</param>
/// <param name="Title">What a visitor reads above the chart.</param>
/// <param name="Group">The section of the page.</param>
/// <param name="Unit">What the values count.</param>
/// <param name="Kind">How reports become points.</param>
/// <param name="Field">The field of the report that it reads; null where the kind reads none.</param>
public sealed record Metric(string Id, string Title, string Group, string Unit, MetricKind Kind, MetricField? Field)
{
    /// <summary>What the values are counted out of.</summary>
    public string OutOf { get; init; } = "systems that report";

    /// <summary>How it is drawn.</summary>
    public ChartShape Shape { get; init; }

    /// <summary>How values become labels, for kinds that count by label.</summary>
    public LabelFormat Format { get; init; } = LabelFormat.Plain;

    /// <summary>What labels are called, and which there are, for kinds that count by label.</summary>
    public LabelRules Labels { get; init; } = LabelRules.None;

    /// <summary>The buckets of a histogram.</summary>
    public NumberBuckets Buckets { get; init; } = NumberBuckets.Doubling;

    /// <summary>The labels that come first, in this order; null for the order of the kind.</summary>
    public IReadOnlyList<string>? Order { get; init; }

    /// <summary>The order of the labels in a chart.</summary>
    public IComparer<string> LabelOrder => (Order ?? (Buckets == NumberBuckets.Doubling ? null : Buckets.Labels)) is { } order ? new ListedOrder(order) : Kind.LabelOrder;

    /// <summary>What one system can add to a sum.</summary>
    public double Cap { get; init; } = double.PositiveInfinity;

    /// <summary>The versions that the maintainers support, for a kind that counts versions.</summary>
    public SupportedVersions Supported { get; init; } = SupportedVersions.Unknown;

    /// <summary>What systems are likely to send; null where the catalogue does not say.</summary>
    public MetricSample? Sample { get; init; }

    /// <summary>True where it is one of the numbers at the top of the page.</summary>
    public bool IsHeadline { get; init; }

    /// <summary>The names of the <see cref="Privacy.PersonalRule"/>s that its labels may look like.</summary>
    public IReadOnlySet<string> Allowed { get; init; } = FrozenSet<string>.Empty;

    /// <summary>What is said about it to those who report.</summary>
    public MetricStory Story { get; init; } = MetricStory.None;

    /// <summary>The field as the proto file writes it; null where there is none.</summary>
    public string? FieldName => Field?.Name;

    /// <summary>True where what systems send becomes labels: the catalogue does not say which there are.</summary>
    public bool HasLabelsOfReports => Kind == MetricKind.Versions || (Kind == MetricKind.CountBy && Labels.Only is null);

    /// <summary>True where labels are versions, of which many look like addresses or hashes.</summary>
    public bool HasVersions => Kind == MetricKind.Versions || Format == LabelFormat.LibpqVersion || FieldName?.Contains("version", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>An empty accumulator of this metric.</summary>
    public IAccumulator Accumulate() => Kind.Create(this);

    /// <summary>True where a system can send a value as the metric's field, and is counted then.</summary>
    /// <param name="value">The value.</param>
    /// <param name="report">The message that has the field.</param>
    public bool CanCount(Value value, MessageDescriptor report)
    {
        var example = (IMessage)Activator.CreateInstance(report.ClrType)!;
        if (Field?.TryWrite(example, value) is not true)
            return false;
        var accumulator = Accumulate();
        accumulator.Add(new Observation(example, 0));
        return accumulator.Unreadable == 0;
    }
}

/// <summary>What an administrator who decides about reporting needs to know of a metric.</summary>
/// <param name="Question">What it answers.</param>
/// <param name="Example">What a system sends, or what comes of it; empty where the sample says it.</param>
/// <param name="IsPersonal">Whether it is personal data.</param>
/// <param name="Privacy">Why it is not, or how that is avoided.</param>
/// <param name="Since">The version of the service since which it is summarized.</param>
/// <param name="Status">How settled it is.</param>
public sealed record MetricStory(string Question, string Example, bool IsPersonal, string Privacy, string Since, MetricStatus Status)
{
    public static readonly MetricStory None = new("", "", false, "", "", MetricStatus.Experimental);
}

/// <summary>How settled a metric is.</summary>
public enum MetricStatus
{
    /// <summary>Its id and labels may change.</summary>
    Experimental,

    /// <summary>Its id and labels stay.</summary>
    Stable,

    /// <summary>It is still summarized and will be removed.</summary>
    Deprecated,
}

/// <summary>How a metric is drawn.</summary>
public enum ChartShape
{
    /// <summary>Lines.</summary>
    Line,

    /// <summary>Parts of a whole, stacked.</summary>
    Share,

    /// <summary>Bars of the last day: the distribution is what matters.</summary>
    Bars,
}
