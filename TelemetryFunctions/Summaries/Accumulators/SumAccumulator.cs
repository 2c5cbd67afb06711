using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Kind <c>sum</c>: a number, added up over all systems. Where fewer systems sent it than a label must have, there is no sum: it would
/// be theirs.
/// </summary>
/// <param name="field">The number; one below 0 is not counted.</param>
/// <param name="cap">What one system adds at most.</param>
public sealed class SumAccumulator(MetricField field, double cap) : IAccumulator
{
    /// <summary>The one label of the series.</summary>
    public const string Label = "total";

    private double _sum;
    private long _systems;

    public long Unreadable { get; private set; }

    public void Add(in Observation observation)
    {
        switch (field.ReadNumber(observation.Report, 0, out var number))
        {
            case Reading.Read when number >= 0:
                _sum += Math.Min(number, cap) * observation.Systems;
                _systems += observation.Systems;
                break;
            case not Reading.Absent:
                Unreadable += observation.Systems;
                break;
        }
    }

    public void Merge(IAccumulator other)
    {
        var sum = (SumAccumulator)other;
        _sum += sum._sum;
        _systems += sum._systems;
        Unreadable += sum.Unreadable;
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds) =>
        _systems >= Math.Max(1, bounds.MinimumSystems) ? [new Point(new SeriesKey(metric), Label, _sum)] : [];
}
