using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Tests.Support;

/// <summary>A store that never answers, but for scans.</summary>
internal sealed class SilentStore(ITableStore inner, TaskCompletionSource reached) : StoreWrapper(inner)
{
    public override Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
    {
        reached.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
    }

    public override async Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default)
    {
        reached.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        return null;
    }
}
