using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Http;

/// <summary>
/// Finds out whether the store takes in writes, by writing: what can be read may be on a full disk, locked, or removed. A row of
/// STATE, partition = <c>health</c>, key = <c>probe</c>.
/// </summary>
public sealed class StoreProbe(ITableStore store, TimeProvider clock)
{
    // Anyone may ask how the service is, and as often as they like.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset? _writtenAt;
    private Task _writing = Task.CompletedTask;

    /// <summary>Writes, where no such write has succeeded for a minute.</summary>
    /// <exception cref="StoreUnavailableException">The store can't write.</exception>
    public Task WriteAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            var sinceWritten = clock.GetUtcNow() - _writtenAt;
            if (sinceWritten >= TimeSpan.Zero && sinceWritten < Interval)
                return Task.CompletedTask;

            // One at a time, whoever waits for it: a store that hangs is not to be asked again and again.
            if (_writing.IsCompleted)
                _writing = WriteAsync();
            return _writing.WaitAsync(cancellation);
        }
    }

    private async Task WriteAsync()
    {
        var now = clock.GetUtcNow();
        await store.UpsertAsync(SummaryProgressStore.Table, [new Row(StoreCheck.Partition, "probe")], cancellation: CancellationToken.None);
        _writtenAt = now;
    }
}
