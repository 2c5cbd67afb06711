namespace TelemetryFunctions.Charts.Documents;

/// <summary>Keeps the bodies that were asked for last, up to a size in memory.</summary>
/// <param name="maxBytes">Bytes of all bodies together.</param>
public sealed class BodyCache(long maxBytes = 32 * 1024 * 1024)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _lastUsedFirst = new();
    private long _bytes;

    /// <summary>The body of a key in a version; made where it is not there in that version.</summary>
    public async Task<ChartBody?> GetAsync(string key, string version, Func<Task<ChartBody?>> make)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node) && node.Value.Version == version)
            {
                _lastUsedFirst.Remove(node);
                _lastUsedFirst.AddFirst(node);
                return node.Value.Body;
            }
        }

        var body = await make();
        if (body is not null)
            Put(new Entry(key, version, body));
        return body;
    }

    private void Put(Entry entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(entry.Key, out var old))
                Remove(old);
            _entries[entry.Key] = _lastUsedFirst.AddFirst(entry);
            _bytes += entry.Body.Size;
            while (_bytes > maxBytes)
                Remove(_lastUsedFirst.Last!);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _lastUsedFirst.Remove(node);
        _entries.Remove(node.Value.Key);
        _bytes -= node.Value.Body.Size;
    }

    private sealed record Entry(string Key, string Version, ChartBody Body);
}
