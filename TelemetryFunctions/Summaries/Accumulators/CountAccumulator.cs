namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>Kind <c>count</c>: how many systems reported.</summary>
public sealed class CountAccumulator : IAccumulator
{
    /// <summary>The one label of the series.</summary>
    public const string Label = "systems";

    private long _systems;

    public void Add(in Observation observation) => _systems += observation.Systems;

    public void Merge(IAccumulator other) => _systems += ((CountAccumulator)other)._systems;

    public IEnumerable<Point> Points(string metric, LabelBounds bounds) => [new(new SeriesKey(metric), Label, _systems)];
}
