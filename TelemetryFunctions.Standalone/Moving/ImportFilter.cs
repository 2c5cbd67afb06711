using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Says which points of a series may be written.</summary>
/// <param name="own">The days that are the service's own.</param>
/// <param name="few">Keeps back what too few systems carry.</param>
/// <param name="replaces">True where days that the service has summarized are to be written all the same.</param>
internal sealed class ImportFilter(OwnDays own, FewSystems few, bool replaces)
{
    /// <summary>What keeps a day from being written.</summary>
    public Refusal Judge(DateTimeOffset day) => own.Judge(day) is var refusal && replaces && refusal == Refusal.Summarized ? Refusal.None : refusal;

    public FilteredSeries Filter(Metric metric, SeriesPoints series)
    {
        var filtered = new FilteredSeries(series, [], [], [], []);
        foreach (var day in series.Points.GroupBy(point => point.Ms, (ms, points) => (Ms: ms, Points: points.ToList())))
        {
            if (Judge(DateTimeOffset.FromUnixTimeMilliseconds(day.Ms)) is var refusal and not Refusal.None)
            {
                filtered.Refused.Add((day.Ms, refusal));
                continue;
            }

            var published = few.Fold(metric, series.Series.Name, day.Points);
            if (published.Count == 0)
                filtered.TooFew.Add(day.Ms);

            // As on a day that the service summarizes: what sent one such label has more.
            if (published.Any(point => LooksPersonal(metric, series.Series, point)))
                filtered.Personal.Add(day.Ms);
            else
                filtered.Points.AddRange(published);
        }

        if (few.FoldsIn(metric))
            RemoveUnnamed(filtered.Points);
        return filtered;
    }

    private static bool LooksPersonal(Metric metric, SeriesKey series, SeriesPoint point) =>
        metric.HasLabelsOfReports && (LabelAudit.RulesOf(metric, series.Name).Any() || LabelAudit.RulesOf(metric, point.Label, isLabel: true).Any());

    /// <summary>A label that is 0 wherever it is not folded would be named for nothing.</summary>
    private static void RemoveUnnamed(List<SeriesPoint> points)
    {
        var named = points.Where(point => point.Value > 0).Select(point => point.Label).ToHashSet(StringComparer.Ordinal);
        points.RemoveAll(point => !named.Contains(point.Label));
    }
}

/// <summary>A series with what may be written of it.</summary>
/// <param name="Whole">The series, with all of its points.</param>
/// <param name="Points">The points that may be.</param>
/// <param name="Refused">The days that may not, and why.</param>
/// <param name="TooFew">The days on which too few systems carry its name.</param>
/// <param name="Personal">The days on which its name or a label looks personal.</param>
internal sealed record FilteredSeries(
    SeriesPoints Whole, List<SeriesPoint> Points, List<(long Ms, Refusal Refusal)> Refused, List<long> TooFew, List<long> Personal)
{
    public SeriesKey Series => Whole.Series;

    /// <summary>Between which days it has points now; null where it has none.</summary>
    public SeriesSpan? Span
    {
        get
        {
            var span = Points.Count > 0 ? new SeriesSpan(Series, Points[0].Ms, Points[^1].Ms) : null;
            return Whole.Span is { } whole && Refused.Count + TooFew.Count + Personal.Count == 0 ? span?.Including(whole.FirstMs).Including(whole.LastMs) ?? whole : span;
        }
    }
}
