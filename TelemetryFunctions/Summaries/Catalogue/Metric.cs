using Google.Protobuf.Reflection;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>One entry of the catalogue.</summary>
/// <param name="Id">Its id in routes and tables, <c>[a-z0-9-]+</c>.</param>
/// <param name="Title">What a visitor reads above the chart.</param>
/// <param name="Group">The section of the page.</param>
/// <param name="Unit">What the values count.</param>
/// <param name="Kind">How reports become points.</param>
/// <param name="Field">The field of the report that it reads; null where the kind reads none.</param>
public sealed record Metric(string Id, string Title, string Group, string Unit, MetricKind Kind, FieldDescriptor? Field)
{
    /// <summary>An empty accumulator of this metric.</summary>
    public IAccumulator Accumulate() => Kind.Create(Field);
}
