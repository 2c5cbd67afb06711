using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Kind <c>count-by</c>: systems by the value that they sent, or by each of the values. A system that sent none is not counted.
/// </summary>
public sealed class CountByAccumulator(MetricField field, LabelFormat format, LabelRules? rules = null) : IAccumulator
{
    private readonly LabelRules _rules = rules ?? LabelRules.None;
    private readonly LabelCounts<string> _systems = new(StringComparer.Ordinal);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private long _total;
    private long _counted;

    public long Unreadable { get; private set; }

    public void Add(in Observation observation)
    {
        _values.Clear();
        if (field.ReadLabels(observation.Report, format, _values) == Reading.Unreadable)
            Unreadable += observation.Systems;

        // Values that are called the same are one.
        _labels.Clear();
        foreach (var value in _values)
            _labels.Add(Label(value));
        _total += _labels.Count * observation.Systems;
        _counted += Math.Min(1, _labels.Count) * observation.Systems;
        foreach (var label in _labels)
        {
            if (label != LabelBounds.Other)
                _systems.Add(label, observation.Systems);
        }
    }

    public void Merge(IAccumulator other)
    {
        var counts = (CountByAccumulator)other;
        _systems.Merge(counts._systems);
        _total += counts._total;
        _counted += counts._counted;
        Unreadable += counts.Unreadable;
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds)
    {
        var series = new SeriesKey(metric);
        var rest = _total;
        var published = _systems.Largest()
            .Where(pair => pair.Value >= bounds.MinimumSystems)
            .Take(LabelBounds.MaxLabels);
        foreach (var (label, systems) in published)
        {
            rest -= systems;
            yield return new Point(series, label, systems);
        }

        if (rest > 0)
            yield return new Point(series, LabelBounds.Other, rest);
        if (_counted < _total)
            yield return new Point(series, LabelBounds.Counted, _counted);
    }

    private string Label(string value) => LabelText.Of(_rules.Apply(LabelText.Clean(value)));
}
