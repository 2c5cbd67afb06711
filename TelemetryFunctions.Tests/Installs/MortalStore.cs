using System.Runtime.CompilerServices;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>
/// A store as a process sees it that is killed at a write: before it is done, or after it, but before anybody hears of
/// that. From then on nothing this process does reaches the store.
/// </summary>
/// <param name="inner">The store, which outlives the process.</param>
/// <param name="writes">Writes until the one that kills.</param>
/// <param name="isDone">Whether the write that kills is done.</param>
internal sealed class MortalStore(ITableStore inner, int writes, bool isDone) : StoreWrapper(inner)
{
    private int _left = writes;

    public bool IsKilled => Volatile.Read(ref _left) <= 0;

    public override Task UpsertAsync(
        TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default) =>
        WriteAsync(() => base.UpsertAsync(table, rows, notAfter, cancellation));

    public override async Task<string?> TryWriteAsync(TableSchema table, Row row, string? etag, CancellationToken cancellation = default)
    {
        string? written = null;
        await WriteAsync(async () => written = await base.TryWriteAsync(table, row, etag, cancellation));
        return written;
    }

    public override async Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        IReadOnlyList<string>? written = null;
        await WriteAsync(async () => written = await base.TryWriteAsync(table, rows, cancellation));
        return written;
    }

    public override Task DeleteAsync(
        TableSchema table, string partition, IReadOnlyList<string> keys, CancellationToken cancellation = default) =>
        WriteAsync(() => base.DeleteAsync(table, partition, keys, cancellation));

    public override Task DeletePartitionAsync(TableSchema table, string partition, CancellationToken cancellation = default) =>
        WriteAsync(() => base.DeletePartitionAsync(table, partition, cancellation));

    public override Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default)
    {
        ThrowIfKilled();
        return base.FindAsync(table, partition, key, cancellation);
    }

    public override async IAsyncEnumerable<Row> ScanAsync(
        TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var row in base.ScanAsync(table, range, columns, cancellation))
        {
            ThrowIfKilled();
            yield return row;
        }
    }

    public override Task PurgeAsync(CancellationToken cancellation = default)
    {
        ThrowIfKilled();
        return base.PurgeAsync(cancellation);
    }

    private async Task WriteAsync(Func<Task> write)
    {
        var left = Interlocked.Decrement(ref _left);
        if (left > 0 || (left == 0 && isDone))
            await write();
        if (left <= 0)
            throw new KilledException();
    }

    private void ThrowIfKilled()
    {
        if (IsKilled)
            throw new KilledException();
    }
}
