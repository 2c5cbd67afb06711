namespace TelemetryFunctions.Standalone.Relay.Page;

/// <summary>What the page shows of the items, which may be more than memory has room for.</summary>
internal sealed class RelayView
{
    /// <summary>Items of each list that are shown; <c>relay list</c> has all.</summary>
    public const int MostShown = 200;

    private readonly PriorityQueue<RelayItem, (bool IsRefused, DateTimeOffset At)> _waiting = new();
    private readonly PriorityQueue<RelayItem, DateTimeOffset> _done = new();
    private readonly Dictionary<RelayState, int> _counts = [];

    /// <summary>Bytes that all items take on disk.</summary>
    public long HeldBytes { get; init; }

    /// <summary>Since when the relay is paused; null where it is not.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>When it sends next.</summary>
    public DateTimeOffset Next { get; init; }

    /// <summary>When it last tried, since it was started, and why that failed; null where it did not.</summary>
    public (DateTimeOffset? At, string? Error) LastTry { get; init; }

    /// <summary>What was refused, and then what is staged, of each the newest first.</summary>
    public IReadOnlyList<RelayItem> Waiting => Newest(_waiting);

    /// <summary>What was sent, or has newer ones, the newest first.</summary>
    public IReadOnlyList<RelayItem> Done => Newest(_done);

    /// <summary>How many items are in one of these states.</summary>
    public int Count(params RelayState[] states) => states.Sum(state => _counts.GetValueOrDefault(state));

    public void Add(RelayItem item)
    {
        _counts[item.State] = _counts.GetValueOrDefault(item.State) + 1;
        if (item.IsDone)
            Keep(_done, item, item.ChangedAt);
        else
            Keep(_waiting, item, (item.State == RelayState.Refused, item.ReceivedAt));
    }

    private static void Keep<T>(PriorityQueue<RelayItem, T> items, RelayItem item, T order)
    {
        if (items.Count < MostShown)
            items.Enqueue(item, order);
        else
            items.EnqueueDequeue(item, order);
    }

    private static IReadOnlyList<RelayItem> Newest<T>(PriorityQueue<RelayItem, T> items) =>
        [.. items.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
}
