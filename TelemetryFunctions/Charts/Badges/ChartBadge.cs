using System.Globalization;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Badges;

/// <summary>What a badge says of a chart: the newest day that is over, in a few words.</summary>
internal static class ChartBadge
{
    /// <summary>What stands where no day has a value.</summary>
    public const string NoData = "no data yet";

    /// <summary>What stands where the newest day has none.</summary>
    public const string NotKnown = "not known";

    private const double FinePercent = 0.1;

    /// <param name="chart">What it is a chart of.</param>
    /// <param name="document">Its data; null where there is none by that name, which a badge may be put up for all the same.</param>
    public static Badge Of(ChartOfSeries chart, ChartDocument? document)
    {
        // A name that has no chart is not repeated: it is whatever the address says.
        if (document is null || LatestDay.Find(document) is null)
            return Badge.OfNothing(chart.Id.Metric.Title, NoData);

        return LatestDay.OfClosed(document) is { } day
            ? Badge.Of(chart.Id.Title, Message(chart, day.Values, day.Counted))
            : Badge.OfNothing(chart.Id.Title, NotKnown);
    }

    /// <summary>The breakdown of a badge that names none: of a mean, what half of the systems have says more than what none has.</summary>
    public static ChartOfSeries Suited(ChartOfSeries chart) =>
        chart.Id.Metric.Kind == MetricKind.Mean ? chart with { By = MeanAccumulator.ByMedian } : chart;

    /// <summary>The values of a day in a few words.</summary>
    /// <param name="chart">What they are of.</param>
    /// <param name="values">The values.</param>
    /// <param name="counted">How many systems were counted, where one can have several labels.</param>
    public static string Message(ChartOfSeries chart, IReadOnlyList<(string Label, double Value)> values, double? counted = null)
    {
        var kind = chart.Id.Metric.Kind;
        if (kind == MetricKind.Count || kind == MetricKind.Sum)
            return Badge.Short((long)values.Sum(value => value.Value));
        if (kind == MetricKind.Mean)
            return $"{chart.By} {string.Join(", ", values.Select(value => values.Count == 1 ? Number(value.Value) : $"{value.Label} {Number(value.Value)}"))}";
        return chart.By == AgeInDaysAccumulator.ByAccumulated ? HalfOf(values) : Largest(values, counted ?? values.Sum(value => value.Value), kind == MetricKind.AgeInDays ? " days" : "");
    }

    /// <summary>The label that most systems have, of equals the last in order, and their share.</summary>
    private static string Largest(IReadOnlyList<(string Label, double Value)> values, double total, string unit)
    {
        if (total <= 0)
            return "0";

        var named = values.Where(value => value.Label != LabelBounds.Other && value.Value > 0).ToList();
        if (named.Count == 0)
            return LabelBounds.Other;

        var (label, value) = named.Last(value => value.Value == named.Max(other => other.Value));
        return $"{label}{unit} ({Percent(value / total)})";
    }

    /// <summary>How old half of the systems are at least.</summary>
    private static string HalfOf(IReadOnlyList<(string Label, double Value)> values)
    {
        var most = values.Max(value => value.Value);
        return most <= 0 ? "0" : $"half for {values.Last(value => value.Value >= most / 2).Label.Split('-')[0]} days or longer";
    }

    private static string Number(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture);

    /// <summary>Never rounded up.</summary>
    private static string Percent(double share)
    {
        var percent = share < FinePercent ? Math.Floor(share * 1000) / 10 : Math.Floor(share * 100);
        return string.Create(CultureInfo.InvariantCulture, $"{percent:0.#}%");
    }
}
