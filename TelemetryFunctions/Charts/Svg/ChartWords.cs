using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>What a drawing says in words.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Subtitle">What the values count, and which days are shown.</param>
/// <param name="Description">The newest values, for who does not see the drawing.</param>
/// <param name="Nothing">What stands where there is no data.</param>
/// <param name="HasData">False where there is none.</param>
internal sealed record ChartWords(string Title, string Subtitle, string Description, string Nothing, bool HasData)
{
    private const int Described = 12;

    public static ChartWords Of(ChartOfSeries chart, ChartDocument document)
    {
        var title = chart.Id.Name is { } name ? $"{name} · {chart.Id.Metric.Title}" : chart.Id.Title;
        var unit = UnitOf(chart);
        if (LatestDay.Find(document) is not { } latest)
        {
            var nothing = document.Through is null && document.Times.Count == 0 ? "No day has been summarized yet" : "No data on these days";
            return new ChartWords(title, unit, nothing + ".", nothing, false);
        }

        var (first, last) = (TimeAxis.Text(ChartQuery.Day(document.Times[0])), TimeAxis.Text(ChartQuery.Day(document.Times[^1])));
        var isBars = chart.Id.Metric.Shape == ChartShape.Bars;
        var end = document.Provisional ? " so far" : "";
        var days = isBars ? $"on {TimeAxis.Text(latest.Day)}" : first == last ? $"on {last}" : $"{first} to {last}";
        if (!isBars || latest.Index == document.Times.Count - 1)
            days += end;

        var values = latest.Values.Where(value => value.Value != 0).OrderByDescending(value => value.Value).ToList();
        var more = values.Count > Described ? $" and {values.Count - Described} more" : "";
        var told = string.Join(", ", values.Take(Described).Select(value => $"{value.Label} {ValueAxis.Text(value.Value)}"));
        return new ChartWords(title, $"{unit}, {days}", $"{unit}, {days}. On {TimeAxis.Text(latest.Day)}: {(told.Length == 0 ? "0" : told)}{more}.", "", true);
    }

    private static string UnitOf(ChartOfSeries chart) => chart switch
    {
        { By: null } => chart.Id.Metric.Unit,
        _ when chart.Id.Metric.Kind == MetricKind.Mean => $"{chart.By} {chart.Id.Metric.Unit}",
        { By: AgeInDaysAccumulator.ByAge } => $"{chart.Id.Metric.Unit} by days since first seen",
        { By: AgeInDaysAccumulator.ByAccumulated } => $"{chart.Id.Metric.Unit} that are so many days old, or older",
        _ => chart.Id.Metric.Unit,
    };
}
