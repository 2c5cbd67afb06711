using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Languages;
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

    public static ChartWords Of(ChartOfSeries chart, ChartDocument document, Texts texts)
    {
        var title = chart.Id.Name is { } name ? texts.Say("drawing.title", ("name", name), ("title", chart.Id.Metric.Title)) : chart.Id.Title;
        var unit = UnitOf(chart, texts);
        if (LatestDay.Find(document) is not { } latest)
        {
            var nothing = texts[document.Through is null && document.Times.Count == 0 ? "drawing.noDay" : "drawing.noData"];
            return new ChartWords(title, unit, nothing + ".", nothing, false);
        }

        var days = DaysOf(chart, document, latest, texts);
        var values = latest.Values.Where(value => value.Value != 0).OrderByDescending(value => value.Value).ToList();
        var told = string.Join(", ", values.Take(Described).Select(value => $"{texts.Label(value.Label)} {ValueAxis.Text(value.Value, texts)}"));
        var description = texts.Say(
            values.Count > Described ? "drawing.descriptionMore" : "drawing.description",
            ("unit", unit), ("days", days), ("day", TimeAxis.Text(latest.Day, texts)), ("values", told.Length == 0 ? "0" : told), ("count", values.Count - Described));
        return new ChartWords(title, texts.Say("drawing.subtitle", ("unit", unit), ("days", days)), description + MarksOf(document, texts), "", true);
    }

    private static string DaysOf(ChartOfSeries chart, ChartDocument document, LatestDay latest, Texts texts)
    {
        var (first, last) = (TimeAxis.Text(ChartQuery.Day(document.Times[0]), texts), TimeAxis.Text(ChartQuery.Day(document.Times[^1]), texts));
        var isBars = chart.Id.Metric.Shape == ChartShape.Bars;
        var isOpen = document.Provisional && (!isBars || latest.Index == document.Times.Count - 1);
        return isBars || first == last
            ? texts.Say(isOpen ? "drawing.onSoFar" : "drawing.on", ("day", isBars ? TimeAxis.Text(latest.Day, texts) : last))
            : texts.Say(isOpen ? "drawing.rangeSoFar" : "drawing.range", ("first", first), ("last", last));
    }

    /// <summary>The newest marks.</summary>
    private static string MarksOf(ChartDocument document, Texts texts)
    {
        if (document.Marks is not { } marks)
            return "";
        var told = string.Join(", ", marks.TakeLast(Described).Select(mark => texts.Say("drawing.markOn", ("day", TimeAxis.Text(mark.Day, texts)), ("text", mark.Text(texts)))));
        return " " + texts.Say("drawing.marks", ("marks", marks.Count > Described ? texts.Say("charts.markMore", ("text", told), ("count", marks.Count - Described)) : told));
    }

    private static string UnitOf(ChartOfSeries chart, Texts texts)
    {
        var unit = texts.Unit(chart.Id.Metric.Unit);
        return chart switch
        {
            { By: null } => unit,
            { By: { } by } when chart.Id.Metric.Kind == MetricKind.Mean => texts.Say("drawing.measure", ("measure", by), ("unit", unit)),
            { By: AgeInDaysAccumulator.ByAge } => texts.Say("drawing.ageInDays", ("unit", unit)),
            { By: AgeInDaysAccumulator.ByAccumulated } => texts.Say("drawing.accumulated", ("unit", unit)),
            _ => unit,
        };
    }
}
