using System.Globalization;
using TelemetryFunctions.Charts.Badges;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Feed;

/// <summary>What a chart says of a week, from Monday to Sunday.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="Text">What it says; null where nothing is known of the week.</param>
internal sealed record WeeklyNumber(DateOnly Monday, string? Text)
{
    private const int WeekDays = 7;

    /// <summary>The weeks that are over, newest first.</summary>
    public static IReadOnlyList<DateOnly> Weeks(DateOnly? through, DateOnly? first, int max)
    {
        var weeks = new List<DateOnly>();
        if (through is not { } last)
            return weeks;

        var monday = MondayOf(last.AddDays(1)).AddDays(-WeekDays);
        for (; weeks.Count < max && monday.AddDays(WeekDays - 1) >= first; monday = monday.AddDays(-WeekDays))
            weeks.Add(monday);
        return weeks;
    }

    /// <summary>The week as ISO 8601 has it, such as 2026-W47.</summary>
    public static string NameOf(DateOnly monday) => string.Create(
        CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(monday.ToDateTime(default))}-W{ISOWeek.GetWeekOfYear(monday.ToDateTime(default)):00}");

    /// <summary>Of what is counted the mean of the days that are known, and its change; of all else what the last of them says.</summary>
    public static WeeklyNumber Of(ChartOfSeries chart, ChartDocument document, DateOnly monday)
    {
        if (chart.Id.Metric.Kind != MetricKind.Count && chart.Id.Metric.Kind != MetricKind.Sum)
        {
            var week = LatestDay.Find(document.Between(monday, monday.AddDays(WeekDays - 1)));
            return new WeeklyNumber(monday, week is null ? null : ChartBadge.Message(chart, week.Values, week.Counted));
        }

        if (Mean(document, monday) is not { } mean)
            return new WeeklyNumber(monday, null);

        var text = $"{ValueAxis.Text(Math.Round(mean), Texts.English)} {chart.Id.Metric.Unit} a day";
        return Mean(document, monday.AddDays(-WeekDays)) is { } before and > 0
            ? new WeeklyNumber(monday, $"{text} ({Change(mean / before - 1)} on the week before)")
            : new WeeklyNumber(monday, text);
    }

    private static double? Mean(ChartDocument document, DateOnly monday)
    {
        var week = document.Between(monday, monday.AddDays(WeekDays - 1));
        var totals = Enumerable.Range(0, week.Times.Count)
            .Select(i => week.Series.Select(series => series.Values[i]).Where(value => value is not null).ToList())
            .Where(values => values.Count > 0)
            .Select(values => values.Sum()!.Value)
            .ToList();
        return totals.Count == 0 ? null : totals.Average();
    }

    private static string Change(double change) => (100 * change).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + "%";

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + WeekDays - 1) % WeekDays));
}
