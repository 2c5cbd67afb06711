using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TelemetryFunctions.Benchmarks.AzureTables;

/// <summary>Counts and times the requests that a store sends.</summary>
internal sealed class RequestLog : HttpPipelinePolicy
{
    private readonly ConcurrentDictionary<string, Kind> _kinds = new();
    private int _inFlight;
    private int _mostInFlight;

    /// <summary>Requests that write one row or a transaction of rows.</summary>
    public int Writes => _kinds.Values.Where(kind => kind.IsWrite).Sum(kind => kind.Count);

    public int MostInFlight => _mostInFlight;

    public void Clear()
    {
        _kinds.Clear();
        _mostInFlight = 0;
    }

    /// <summary>A line for each kind of request: how many, and how long they took, one after the other.</summary>
    public IEnumerable<string> Lines() =>
        from kind in _kinds
        orderby kind.Value.Ticks descending
        select $"  {kind.Key,-22} {kind.Value.Count,7} requests {TimeSpan.FromTicks(kind.Value.Ticks).TotalSeconds,8:f1} s in all";

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var path = message.Request.Uri.Path;
        var table = path[(path.LastIndexOf('/') + 1)..];
        table = table.IndexOf('(', StringComparison.Ordinal) is var end and >= 0 ? table[..end] : table;
        var method = message.Request.Method.Method;
        var most = Interlocked.Increment(ref _inFlight);
        Interlocked.Exchange(ref _mostInFlight, Math.Max(_mostInFlight, most));
        var start = Stopwatch.GetTimestamp();
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            var kind = _kinds.GetOrAdd($"{method} {table}", _ => new Kind(method != "GET" && table != "Tables"));
            kind.Add(Stopwatch.GetElapsedTime(start).Ticks);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException();

    private sealed class Kind(bool isWrite)
    {
        private int _count;
        private long _ticks;

        public bool IsWrite => isWrite;

        public int Count => _count;

        public long Ticks => _ticks;

        public void Add(long ticks)
        {
            Interlocked.Increment(ref _count);
            Interlocked.Add(ref _ticks, ticks);
        }
    }
}
