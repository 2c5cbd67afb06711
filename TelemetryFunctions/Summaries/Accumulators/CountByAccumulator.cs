using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>Kind <c>count-by</c>: systems by the value that they sent. A system that sent none is not counted.</summary>
public sealed class CountByAccumulator(FieldPath path, LabelFormat format) : IAccumulator
{
    private readonly LabelCounts<string> _systems = new(StringComparer.Ordinal);
    private long _total;

    public void Add(in Observation observation)
    {
        if (path.Read(observation.Report) is not { } value)
            return;

        _total++;
        var label = LabelText.Clean(format.Write(value));
        if (label.Length == 0)
            _systems.Add(LabelBounds.Unknown);
        else if (LabelText.Fits(label))
            _systems.Add(label);
    }

    public void Merge(IAccumulator other)
    {
        var counts = (CountByAccumulator)other;
        _systems.Merge(counts._systems);
        _total += counts._total;
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds)
    {
        var series = new SeriesKey(metric);
        var rest = _total;
        var published = _systems.Largest()
            .Where(pair => pair.Value >= bounds.MinimumSystems && pair.Key != LabelBounds.Other)
            .Take(LabelBounds.MaxLabels);
        foreach (var (label, systems) in published)
        {
            rest -= systems;
            yield return new Point(series, label, systems);
        }

        if (rest > 0)
            yield return new Point(series, LabelBounds.Other, rest);
    }
}
