using System.Text.Json.Serialization;
using TelemetryFunctions.Charts.Marks;

namespace TelemetryFunctions.Charts;

/// <summary>A chart in the list of charts.</summary>
/// <param name="Id">Its id, the path below <c>/charts/</c> before escaping.</param>
/// <param name="Title">What a visitor reads above it.</param>
/// <param name="Group">The section of the page.</param>
/// <param name="Unit">What the values count.</param>
/// <param name="Href">Its path, escaped.</param>
public sealed record ChartEntry(string Id, string Title, string Group, string Unit, string Href);

/// <summary>A chart's data.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What a visitor reads above it.</param>
/// <param name="Unit">What the values count.</param>
/// <param name="Through">The last day that is done, or null.</param>
/// <param name="Provisional">True where the last time is a day that is not over.</param>
/// <param name="Times">The starts of the days in epoch ms, oldest first.</param>
/// <param name="Series">A series a label, in an order that suits the metric.</param>
public sealed record ChartDocument(
    string Id, string Title, string Unit, DateOnly? Through, bool Provisional, IReadOnlyList<long> Times, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>
    /// How many systems were counted, one a time, where a system can have several labels, so that they add up to more; null at a time
    /// at which they do not. Not there in other charts.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double?>? Counted { get; init; }

    /// <summary>What there is to tell of some of the days, oldest first. Not there where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChartMark>? Marks { get; init; }

    /// <summary>The period just before, where it was asked for. Not there where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PreviousPeriod? Previous { get; init; }

    /// <summary>The part from a day to another one; null is unbounded.</summary>
    public ChartDocument Between(DateOnly? from, DateOnly? to)
    {
        var first = Times.TakeWhile(ms => ChartQuery.Day(ms) < from).Count();
        var count = Times.Skip(first).TakeWhile(ms => to is null || ChartQuery.Day(ms) <= to).Count();
        var isCutOff = first + count < Times.Count;
        return this with
        {
            Provisional = Provisional && !isCutOff && count > 0,
            Times = [.. Times.Skip(first).Take(count)],
            Series = [.. Series.Select(series => series with { Values = [.. series.Values.Skip(first).Take(count)] })],
            Counted = Counted is { } counted ? [.. counted.Skip(first).Take(count)] : null,
            Marks = Marks?.Where(mark => !(mark.Day < from) && !(mark.Day > to)).ToList() is { Count: > 0 } marks ? marks : null,
        };
    }
}

/// <summary>One label's values.</summary>
/// <param name="Label">The label; a text from reports, to be shown as text.</param>
/// <param name="Values">
/// One a time; null where it is not known: before the label first appeared, on days without reports, where too few systems have the
/// label, and where a mean has too few to be of.
/// </param>
public sealed record ChartSeries(string Label, IReadOnlyList<double?> Values);
