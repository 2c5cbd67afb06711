using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Events.Rollups;

/// <summary>The median of a number of events, at most 0.2 % too low: see <see cref="NumberSummary"/>.</summary>
/// <param name="rollup">The rollup.</param>
/// <param name="label">The label of the median.</param>
/// <param name="read">The number of an event; null where it has none.</param>
internal sealed class MedianAccumulator(Rollup rollup, string label, Func<StoredEvent, double?> read) : IEventAccumulator
{
    private readonly NumberSummary _numbers = new();

    public void Add(in StoredEvent stored)
    {
        if (read(stored) is { } number)
            _numbers.Add(number);
    }

    public IEnumerable<RollupPoint> Points() => _numbers.Count == 0 ? [] : [new RollupPoint(rollup, "", label, _numbers.Median)];
}
