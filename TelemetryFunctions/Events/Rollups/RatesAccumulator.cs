namespace TelemetryFunctions.Events.Rollups;

/// <summary>The counts of a few known labels, and a rate of them.</summary>
/// <param name="rollup">The rollup.</param>
/// <param name="read">The labels under which an event counts.</param>
/// <param name="rate">The label of the rate.</param>
/// <param name="part">What the rate is the part of.</param>
/// <param name="whole">What it is counted out of.</param>
internal sealed class RatesAccumulator(Rollup rollup, Func<StoredEvent, IReadOnlyList<string>> read, string rate, string part, IReadOnlyList<string> whole) : IEventAccumulator
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Add(in StoredEvent stored)
    {
        foreach (var label in read(stored))
            _counts[label] = _counts.GetValueOrDefault(label) + 1;
    }

    public IEnumerable<RollupPoint> Points()
    {
        foreach (var (label, count) in _counts)
            yield return new RollupPoint(rollup, "", label, count);

        // Of nothing there is no rate.
        if (whole.Sum(label => _counts.GetValueOrDefault(label)) is var all and > 0)
            yield return new RollupPoint(rollup, "", rate, (double)_counts.GetValueOrDefault(part) / all);
    }
}
