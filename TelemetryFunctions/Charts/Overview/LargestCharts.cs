namespace TelemetryFunctions.Charts.Overview;

/// <summary>Keeps the largest of the charts that it is shown, in memory for no more than these.</summary>
/// <param name="count">How many it keeps.</param>
internal sealed class LargestCharts(int count)
{
    // Of charts of one size the first by title is kept, whichever came first.
    private static readonly Comparer<(double Size, string Title)> BySize = Comparer<(double Size, string Title)>.Create(
        (a, b) => a.Size.CompareTo(b.Size) is var order and not 0 ? order : string.CompareOrdinal(b.Title, a.Title));

    private readonly Lock _lock = new();
    private readonly PriorityQueue<OverviewMetric, (double Size, string Title)> _smallestFirst = new(BySize);

    /// <summary>The charts that are kept, in no order.</summary>
    public IReadOnlyList<OverviewMetric> All
    {
        get
        {
            lock (_lock)
                return [.. _smallestFirst.UnorderedItems.Select(item => item.Element)];
        }
    }

    /// <summary>Shows it a chart, which is drawn only where larger ones don't keep it out.</summary>
    public void Add(double size, string title, Func<OverviewMetric> draw)
    {
        lock (_lock)
        {
            if (_smallestFirst.Count == count && _smallestFirst.TryPeek(out _, out var smallest) && BySize.Compare((size, title), smallest) < 0)
                return;
        }

        var chart = draw();
        lock (_lock)
        {
            _smallestFirst.Enqueue(chart, (size, title));
            if (_smallestFirst.Count > count)
                _smallestFirst.Dequeue();
        }
    }
}
