using System.Text.Json.Serialization;
using TelemetryFunctions.Charts.Documents;

namespace TelemetryFunctions.Charts;

/// <summary>The period just before the one of a chart, of as many days, day by day beside it.</summary>
/// <param name="From">Its first day.</param>
/// <param name="To">Its last day.</param>
/// <param name="Times">For each time of the chart the one that is as far in this period; in epoch ms.</param>
/// <param name="Series">The series of the chart at these times; null where nothing is known, as of days before the first one.</param>
public sealed record PreviousPeriod(DateOnly From, DateOnly To, IReadOnlyList<long> Times, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>How many systems were counted, as in the chart.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double?>? Counted { get; init; }

    /// <param name="all">The whole chart.</param>
    /// <param name="times">The times of the period that is compared: every day of it that the chart has.</param>
    /// <param name="from">The day from which on it was asked for.</param>
    public static PreviousPeriod Of(ChartDocument all, IReadOnlyList<long> times, DateOnly from)
    {
        var days = Math.Max(1, times.Count);
        var first = times.Count > 0 ? ChartQuery.Day(times[0]) : from;
        var places = all.Times.Index().ToDictionary(time => time.Item, time => time.Index);
        List<long> before = [.. times.Select(time => time - days * ChartData.DayMs)];
        return new PreviousPeriod(Earlier(first, days), Earlier(first, 1), before, [.. all.Series.Select(series => series with { Values = Pick(series.Values) })])
        {
            Counted = all.Counted is { } counted ? Pick(counted) : null,
        };

        IReadOnlyList<double?> Pick(IReadOnlyList<double?> values) => [.. before.Select(time => places.TryGetValue(time, out var place) ? values[place] : null)];
    }

    /// <summary>The day that many days earlier, or the first that there is.</summary>
    private static DateOnly Earlier(DateOnly day, int days) => DateOnly.FromDayNumber(Math.Max(0, day.DayNumber - days));
}
