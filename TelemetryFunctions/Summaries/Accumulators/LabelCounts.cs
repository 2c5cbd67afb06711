using System.Runtime.InteropServices;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Counts by label in bounded memory. When there are twice as many labels as are kept, the smaller half is
/// forgotten; callers know the total, so what is forgotten comes out as <c>other</c>.
/// </summary>
/// <remarks>
/// A label that always is among the <see cref="Kept"/> largest is counted exactly. Rows come in key order, so what is
/// forgotten does not depend on the order in which reports arrived.
/// </remarks>
public sealed class LabelCounts<TLabel>(IComparer<TLabel> order)
    where TLabel : notnull
{
    /// <summary>Labels kept when memory is reclaimed.</summary>
    public const int Kept = 10_000;

    private readonly Dictionary<TLabel, long> _counts = [];

    public void Add(TLabel label, long systems = 1)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, label, out _);
        count += systems;
        if (_counts.Count >= 2 * Kept)
            Forget();
    }

    public void Merge(LabelCounts<TLabel> other)
    {
        // In order, so that what is forgotten on the way is the same every time.
        foreach (var (label, systems) in other.Largest())
            Add(label, systems);
    }

    public long this[TLabel label] => _counts.GetValueOrDefault(label);

    /// <summary>Labels with their systems, most systems first, ties in ordinal order.</summary>
    public IEnumerable<KeyValuePair<TLabel, long>> Largest() =>
        _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, order);

    private void Forget()
    {
        foreach (var (label, _) in Largest().Skip(Kept).ToList())
            _counts.Remove(label);
    }
}
