using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Kind <c>histogram</c>: systems by a number, in <see cref="NumberBuckets"/>. A bucket with too few systems is folded, as any
/// label is: the one system with a hundred thousand users is not to be found by its size.
/// </summary>
public sealed class HistogramAccumulator(MetricField field, NumberBuckets? buckets = null) : IAccumulator
{
    private readonly NumberBuckets _buckets = buckets ?? NumberBuckets.Doubling;
    private readonly long[] _systems = new long[(buckets ?? NumberBuckets.Doubling).Labels.Count];

    public long Unreadable { get; private set; }

    public void Add(in Observation observation)
    {
        switch (field.ReadNumber(observation.Report, 0, out var number))
        {
            case Reading.Read when number >= 0:
                _systems[_buckets.Of(number)] += observation.Systems;
                break;
            case not Reading.Absent:
                Unreadable += observation.Systems;
                break;
        }
    }

    public void Merge(IAccumulator other)
    {
        for (var i = 0; i < _systems.Length; i++)
            _systems[i] += ((HistogramAccumulator)other)._systems[i];
        Unreadable += other.Unreadable;
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds)
    {
        var series = new SeriesKey(metric);
        long folded = 0;
        for (var i = 0; i < _systems.Length; i++)
        {
            if (_systems[i] >= Math.Max(1, bounds.MinimumSystems))
                yield return new Point(series, _buckets.Labels[i], _systems[i]);
            else
                folded += _systems[i];
        }

        if (folded > 0)
            yield return new Point(series, LabelBounds.Other, folded);
    }
}
