namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Kind <c>age-in-days</c>: systems by the days since they were first seen, in <see cref="DoublingBuckets"/>, and accumulated: those
/// that are of a bucket or older.
/// </summary>
public sealed class AgeInDaysAccumulator : IAccumulator
{
    public const string ByAge = "age";
    public const string ByAccumulated = "accumulated";

    private readonly long[] _systems = new long[DoublingBuckets.Count];

    public void Add(in Observation observation) => _systems[DoublingBuckets.Of((uint)Math.Max(0, observation.AgeDays))] += observation.Systems;

    public void Merge(IAccumulator other)
    {
        for (var i = 0; i < _systems.Length; i++)
            _systems[i] += ((AgeInDaysAccumulator)other)._systems[i];
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds)
    {
        var atLeast = _systems.Sum();
        for (var i = 0; atLeast > 0; i++)
        {
            yield return new Point(new SeriesKey(metric, ByAccumulated), DoublingBuckets.Labels[i], atLeast);
            if (_systems[i] > 0)
                yield return new Point(new SeriesKey(metric, ByAge), DoublingBuckets.Labels[i], _systems[i]);
            atLeast -= _systems[i];
        }
    }
}
