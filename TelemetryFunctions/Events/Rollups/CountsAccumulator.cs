using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Events.Rollups;

/// <summary>Counts events by labels, in each value of a rollup.</summary>
/// <param name="rollup">The rollup.</param>
/// <param name="read">The value and the label under which an event counts; null where it does not.</param>
/// <param name="isBounded">True where labels come from events: then the largest are kept, and the rest is <c>other</c>.</param>
internal sealed class CountsAccumulator(Rollup rollup, Func<StoredEvent, (string Value, string Label)?> read, bool isBounded) : IEventAccumulator
{
    private readonly Dictionary<string, long> _totals = [];
    private readonly Dictionary<string, LabelCounts<string>> _counts = [];

    public void Add(in StoredEvent stored)
    {
        if (read(stored) is not var (value, label))
            return;
        if (!_counts.TryGetValue(value, out var counts))
            _counts[value] = counts = new LabelCounts<string>(StringComparer.Ordinal);
        counts.Add(isBounded ? LabelText.Of(label) : label);
        _totals[value] = _totals.GetValueOrDefault(value) + 1;
    }

    /// <summary>How often a label was counted.</summary>
    public long this[string label] => _counts.TryGetValue("", out var counts) ? counts[label] : 0;

    public IEnumerable<RollupPoint> Points()
    {
        foreach (var (value, counts) in _counts)
        {
            var rest = _totals[value];
            foreach (var (label, count) in counts.Largest().Where(label => label.Key != LabelBounds.Other).Take(LabelBounds.MaxLabels))
            {
                yield return new RollupPoint(rollup, value, label, count);
                rest -= count;
            }

            if (rest > 0)
                yield return new RollupPoint(rollup, value, LabelBounds.Other, rest);
        }
    }
}
