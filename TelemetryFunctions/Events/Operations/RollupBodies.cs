using System.Collections.Concurrent;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Events.Operations;

/// <summary>
/// Rollups as they are sent: each is made once for all who ask for the same within a minute, or until this process writes rollups. What another
/// instance writes is seen a minute later.
/// </summary>
public sealed class RollupBodies(RollupStore rollups, TimeProvider clock)
{
    private const int MostBodies = 64;
    private const int MostBytes = 1024 * 1024;

    private readonly ConcurrentDictionary<(Rollup, RollupQuery, long Version), MinuteCache<byte[]>> _bodies = new();

    /// <summary>A body that is there, or that is made now.</summary>
    public async Task<byte[]> GetAsync(Rollup rollup, RollupQuery query, Func<CancellationToken, Task<byte[]>> make, CancellationToken cancellation)
    {
        if (_bodies.Count >= MostBodies)
            _bodies.Clear();
        var key = (rollup, query, rollups.Version);
        var body = await _bodies.GetOrAdd(key, _ => new MinuteCache<byte[]>(make, clock)).GetAsync(cancellation);

        // Years of hours are seldom asked for, and not worth the memory.
        if (body.Length > MostBytes)
            _bodies.TryRemove(key, out _);
        return body;
    }
}
