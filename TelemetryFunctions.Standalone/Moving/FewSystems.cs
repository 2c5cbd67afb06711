using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Keeps from the public what too few systems carry, whoever counted them.</summary>
/// <param name="minimum">Systems that a label must have; 0 where that was seen to before.</param>
internal sealed class FewSystems(int minimum)
{
    /// <summary>True where labels of a metric may be counted as <c>other</c>.</summary>
    public bool FoldsIn(Metric metric) => minimum > 0 && metric.Kind.FoldsFew;

    /// <summary>The points of a day of one series that may be published; none where too few systems carry its name.</summary>
    public IReadOnlyList<SeriesPoint> Fold(Metric metric, string? name, IReadOnlyList<SeriesPoint> day)
    {
        if (!FoldsIn(metric))
            return day;
        if (name is not (null or LabelBounds.Other) && day.Where(point => point.Label != LabelBounds.Counted).Sum(point => point.Value) < minimum)
            return [];

        var few = day.Where(IsFew).ToList();
        if (few.Count == 0)
            return day;

        var other = new SeriesPoint(day[0].Ms, LabelBounds.Other, few.Sum(point => point.Value));
        foreach (var point in day.Where(point => point.Label == LabelBounds.Other))
            other = other with { Value = other.Value + point.Value };
        return [.. day.Where(point => !IsFew(point) && point.Label != LabelBounds.Other), other];
    }

    // 0 tells of nobody.
    private bool IsFew(SeriesPoint point) =>
        point.Label is not (LabelBounds.Other or LabelBounds.Counted) && point.Value > 0 && point.Value < minimum;
}
