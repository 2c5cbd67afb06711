using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace TelemetryFunctions.Client.Events;

/// <summary>The events that wait: at most so many. One reader, any number of writers, which never wait.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Writers may come at any time, and must not meet a semaphore that is gone. It holds nothing of the system.")]
internal sealed class EventQueue
{
    private readonly Channel<TrackedEvent> _events;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly int _batchSize;
    private int _count;
    private int _isAwake;
    private int _isFlushAsked;
    private bool _isClosed;

    /// <param name="capacity">Events that may wait.</param>
    /// <param name="batchSize">So many wake the reader.</param>
    /// <param name="dropped">Called for each event that has to go because there is no room.</param>
    public EventQueue(int capacity, int batchSize, Action dropped)
    {
        _batchSize = batchSize;
        _events = Channel.CreateBounded<TrackedEvent>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ =>
            {
                Interlocked.Decrement(ref _count);
                dropped();
            });
    }

    /// <summary>Events that wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds an event; false where the queue is closed. To wake a thread takes longer than all else here: only a full batch does it.</summary>
    public bool TryAdd(TrackedEvent added)
    {
        if (!_events.Writer.TryWrite(added))
            return false;
        if (Interlocked.Increment(ref _count) == _batchSize)
            Wake();
        return true;
    }

    /// <summary>Wakes the reader for what there is, be it no full batch.</summary>
    public void Flush()
    {
        Volatile.Write(ref _isFlushAsked, 1);
        Wake();
    }

    /// <summary>No more events are taken; those that are there can still be read.</summary>
    public void Close()
    {
        _events.Writer.TryComplete();
        Volatile.Write(ref _isClosed, true);
        Wake();
    }

    /// <summary>Waits until there is a full batch, a flush is asked for or the queue is closed.</summary>
    /// <returns>How many events are to be sent, and whether these are the last.</returns>
    public async Task<(int Count, bool IsLast)> WaitAsync()
    {
        await _wake.WaitAsync();
        // A fence: whoever finds it awake still has what it wrote before seen below.
        Interlocked.Exchange(ref _isAwake, 0);
        if (Volatile.Read(ref _isClosed))
            return (int.MaxValue, true);
        var isFlush = Interlocked.Exchange(ref _isFlushAsked, 0) == 1;
        return (isFlush ? Count : Count / _batchSize * _batchSize, false);
    }

    /// <summary>Takes out up to <paramref name="most"/> events, and no more than a batch.</summary>
    public List<TrackedEvent> Take(int most)
    {
        var taken = new List<TrackedEvent>(Math.Min(most, _batchSize));
        while (taken.Count < taken.Capacity && _events.Reader.TryRead(out var next))
            taken.Add(next);
        // Those that came meanwhile did not pass the mark from below.
        if (Interlocked.Add(ref _count, -taken.Count) >= _batchSize)
            Wake();
        return taken;
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _isAwake, 1) == 0)
            _wake.Release();
    }
}
