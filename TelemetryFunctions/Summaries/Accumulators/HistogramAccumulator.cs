using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Kind <c>histogram</c>: systems by a number, in <see cref="DoublingBuckets"/>. A bucket with too few systems is folded, as any
/// label is: the one system with a hundred thousand users is not to be found by its size.
/// </summary>
public sealed class HistogramAccumulator(FieldPath path) : IAccumulator
{
    private readonly long[] _systems = new long[DoublingBuckets.Count];

    public void Add(in Observation observation)
    {
        if (path.Read(observation.Report) is uint number)
            _systems[DoublingBuckets.Of(number)]++;
    }

    public void Merge(IAccumulator other)
    {
        for (var i = 0; i < _systems.Length; i++)
            _systems[i] += ((HistogramAccumulator)other)._systems[i];
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds)
    {
        var series = new SeriesKey(metric);
        long folded = 0;
        for (var i = 0; i < _systems.Length; i++)
        {
            if (_systems[i] >= Math.Max(1, bounds.MinimumSystems))
                yield return new Point(series, DoublingBuckets.Labels[i], _systems[i]);
            else
                folded += _systems[i];
        }

        if (folded > 0)
            yield return new Point(series, LabelBounds.Other, folded);
    }
}
