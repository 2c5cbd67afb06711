using System.Runtime.CompilerServices;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Tests.Support;

/// <summary>
/// A store whose user is killed after some calls: the last one is carried out or not, nothing after it is.
/// </summary>
internal sealed class KillableStore(ITableStore inner) : StoreWrapper(inner)
{
    private int _left = int.MaxValue;
    private bool _lastCallCounts;

    private bool IsKilled => Volatile.Read(ref _left) < 0;

    /// <summary>Kills after so many more calls; with <paramref name="lastCallCounts"/> one more is carried out, but does not return.</summary>
    public void KillAfter(int calls, bool lastCallCounts) => (_left, _lastCallCounts) = (calls, lastCallCounts);

    public void Revive() => _left = int.MaxValue;

    public override Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default) =>
        CallAsync(() => base.UpsertAsync(table, rows, notAfter, cancellation));

    public override Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default) =>
        CallAsync(() => base.FindAsync(table, partition, key, cancellation));

    public override async IAsyncEnumerable<Row> ScanAsync(
        TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await CallAsync(() => Task.CompletedTask);
        await foreach (var row in base.ScanAsync(table, range, columns, cancellation))
        {
            if (IsKilled)
                throw new KilledException();
            yield return row;
        }
    }

    public override Task<string?> TryWriteAsync(TableSchema table, Row row, string? etag, CancellationToken cancellation = default) =>
        CallAsync(() => base.TryWriteAsync(table, row, etag, cancellation));

    public override Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default) =>
        CallAsync(() => base.TryWriteAsync(table, rows, cancellation));

    public override Task DeleteAsync(TableSchema table, string partition, IReadOnlyList<string> keys, CancellationToken cancellation = default) =>
        CallAsync(() => base.DeleteAsync(table, partition, keys, cancellation));

    public override Task DeletePartitionAsync(TableSchema table, string partition, CancellationToken cancellation = default) =>
        CallAsync(() => base.DeletePartitionAsync(table, partition, cancellation));

    public override Task PurgeAsync(CancellationToken cancellation = default) => CallAsync(() => base.PurgeAsync(cancellation));

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        T result = default!;
        await CallAsync((Func<Task>)(async () => result = await call()));
        return result;
    }

    private async Task CallAsync(Func<Task> call)
    {
        var left = Interlocked.Decrement(ref _left);
        if (left < -1 || (left == -1 && !_lastCallCounts))
            throw new KilledException();

        await call();
        if (left == -1)
            throw new KilledException();
    }
}

internal sealed class KilledException() : Exception("killed");
