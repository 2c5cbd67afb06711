namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>Kind <c>age</c>: systems by the time since they were first seen.</summary>
public sealed class AgeAccumulator : IAccumulator
{
    private static readonly (int FromDays, string Label)[] Buckets =
    [
        (0, "under 1 week"),
        (7, "1-4 weeks"),
        (28, "1-3 months"),
        (91, "3-6 months"),
        (182, "6-12 months"),
        (365, "1-2 years"),
        (730, "over 2 years"),
    ];

    private readonly long[] _systems = new long[Buckets.Length];

    /// <summary>The labels, youngest first.</summary>
    public static IReadOnlyList<string> Labels { get; } = [.. Buckets.Select(bucket => bucket.Label)];

    public void Add(in Observation observation)
    {
        var age = observation.AgeDays;
        _systems[Array.FindLastIndex(Buckets, bucket => bucket.FromDays <= age)] += observation.Systems;
    }

    public void Merge(IAccumulator other)
    {
        for (var i = 0; i < _systems.Length; i++)
            _systems[i] += ((AgeAccumulator)other)._systems[i];
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds)
    {
        for (var i = 0; i < _systems.Length; i++)
        {
            if (_systems[i] > 0)
                yield return new Point(new SeriesKey(metric), Buckets[i].Label, _systems[i]);
        }
    }
}
