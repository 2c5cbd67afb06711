using System.Text.Json.Serialization;
using TelemetryFunctions.Charts.Marks;

namespace TelemetryFunctions.Charts.Overview;

/// <summary>All charts at page resolution, in one document.</summary>
/// <param name="Through">The last day that is done, or null.</param>
/// <param name="Provisional">True where the last time is a day that is not over.</param>
/// <param name="Times">The starts of the days in epoch ms, oldest first; of the days long ago only one a week.</param>
/// <param name="Metrics">The charts, in the order of the page.</param>
public sealed record OverviewDocument(
    DateOnly? Through, bool Provisional, IReadOnlyList<long> Times, IReadOnlyList<OverviewMetric> Metrics)
{
    /// <summary>As <see cref="ChartDocument.Marks"/>, of all charts; each says which it belongs to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChartMark>? Marks { get; init; }
}

/// <summary>A chart of the overview.</summary>
/// <param name="Id">The chart's id.</param>
/// <param name="Title">What a visitor reads above it.</param>
/// <param name="Group">The section of the page.</param>
/// <param name="Unit">What the values count.</param>
/// <param name="Kind">The kind of its metric.</param>
/// <param name="Question">What it answers.</param>
/// <param name="Href">The path of the chart with all of its labels.</param>
/// <param name="Catalogue">The path of its entry in the catalogue.</param>
/// <param name="Breakdowns">The values of <c>?by=</c>.</param>
/// <param name="By">The breakdown of this document; null where there is only one.</param>
/// <param name="Shape">How it is drawn.</param>
/// <param name="OutOf">What the values are counted out of.</param>
/// <param name="Series">
/// Labels, runs of versions such as <c>3.1–3.40</c>, and <c>other</c>, which is the sum of the rest; values to three decimals.
/// </param>
public sealed record OverviewMetric(
    string Id,
    string Title,
    string Group,
    string Unit,
    string Kind,
    string Question,
    string Href,
    string Catalogue,
    IReadOnlyList<string> Breakdowns,
    string? By,
    string Shape,
    string OutOf,
    IReadOnlyList<ChartSeries> Series)
{
    /// <summary>True where the catalogue says the order of the labels; not there where it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Ordered { get; init; }

    /// <summary>True for one of the numbers at the top of the page; not there for any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Headline { get; init; }

    /// <summary>As <see cref="ChartDocument.Counted"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double?>? Counted { get; init; }
}
