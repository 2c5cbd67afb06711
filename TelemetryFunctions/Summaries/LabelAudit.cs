using TelemetryFunctions.Privacy;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries;

/// <summary>Looks through what is about to be public: names and labels that systems sent.</summary>
public sealed class LabelAudit(MetricCatalogue catalogue)
{
    /// <summary>
    /// Parts points into those that may be published and what looks personal. A label is enough for a metric to have no points: what sent it will send more. Of a
    /// metric with a chart for each name, it costs the points of that name.
    /// </summary>
    public AuditedPoints Look(IEnumerable<Point> points)
    {
        var all = points.ToList();
        var found = new Dictionary<string, (SortedSet<string> Rules, HashSet<(string?, string?)> Labels)>(StringComparer.Ordinal);
        var withheld = new HashSet<SeriesKey>();
        foreach (var point in all)
        {
            if (catalogue.Find(point.Series.Metric) is not { HasLabelsOfReports: true } metric)
                continue;

            var name = RulesOf(metric, point.Series.Name).ToList();
            var label = RulesOf(metric, point.Label, isLabel: true).ToList();
            if (name.Count + label.Count == 0)
                continue;

            if (!found.TryGetValue(metric.Id, out var ofMetric))
                found[metric.Id] = ofMetric = (new SortedSet<string>(StringComparer.Ordinal), []);
            ofMetric.Rules.UnionWith(name.Concat(label));
            ofMetric.Labels.Add(name.Count > 0 ? (point.Series.Name, null) : (point.Series.Name, point.Label));
            withheld.Add(Whole(point.Series));
        }

        return new AuditedPoints(
            [.. all.Where(point => !withheld.Contains(Whole(point.Series)))],
            found.ToDictionary(metric => metric.Key, metric => (string.Join(' ', metric.Value.Rules), metric.Value.Labels.Count), StringComparer.Ordinal));
    }

    /// <summary>True where a series may have a chart, by its name.</summary>
    public bool MayShow(SeriesKey series) => series.Name is null || catalogue.Find(series.Metric) is not { } metric || !RulesOf(metric, series.Name).Any();

    /// <summary>The rules that a name or a label of a metric breaks.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="text">The name or label; null for none.</param>
    /// <param name="isLabel">True for a label, which may be a version.</param>
    public static IEnumerable<string> RulesOf(Metric metric, string? text, bool isLabel = false) => text is null or LabelBounds.Other or LabelBounds.Counted or LabelBounds.Unknown
        ? []
        : PersonalRule.In(text, isLabel && metric.HasVersions).Select(rule => rule.Name).Where(rule => !metric.Allowed.Contains(rule));

    /// <summary>All breakdowns of what is withheld at once.</summary>
    private static SeriesKey Whole(SeriesKey series) => series with { By = null };
}

/// <summary>Points of a window, looked through.</summary>
/// <param name="Shown">Those that may be published.</param>
/// <param name="Withheld">By metric, the rules that its labels break, separated by spaces, and how many labels do.</param>
public sealed record AuditedPoints(IReadOnlyList<Point> Shown, IReadOnlyDictionary<string, (string Rules, int Labels)> Withheld);
