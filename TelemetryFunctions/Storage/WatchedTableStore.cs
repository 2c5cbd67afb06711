using System.Runtime.CompilerServices;

namespace TelemetryFunctions.Storage;

/// <summary>A store whose failures are noticed. It passes every call on.</summary>
public sealed class WatchedTableStore(ITableStore store, StoreWatch watch) : ITableStore, IAsyncDisposable
{
    public bool IsExclusive => store.IsExclusive;

    public Task InitializeAsync(CancellationToken cancellation) => store.InitializeAsync(cancellation);

    public Task<IReadOnlyList<StoredTable>> ListTablesAsync(CancellationToken cancellation = default) => store.ListTablesAsync(cancellation);

    public Task UpsertAsync(
        TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default) =>
        WriteAsync(store.UpsertAsync(table, rows, notAfter, cancellation));

    public async Task<string?> TryWriteAsync(TableSchema table, Row row, string? etag, CancellationToken cancellation = default)
    {
        var write = store.TryWriteAsync(table, row, etag, cancellation);
        await WriteAsync(write);
        return await write;
    }

    public async Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        var write = store.TryWriteAsync(table, rows, cancellation);
        await WriteAsync(write);
        return await write;
    }

    public async Task<IReadOnlyList<bool>> TryWriteEachAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        var write = store.TryWriteEachAsync(table, rows, cancellation);
        await WriteAsync(write);
        return await write;
    }

    public Task DeleteAsync(
        TableSchema table, string partition, IReadOnlyList<string> keys, CancellationToken cancellation = default) =>
        WriteAsync(store.DeleteAsync(table, partition, keys, cancellation));

    public async Task<bool> TryDeleteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        var delete = store.TryDeleteAsync(table, rows, cancellation);
        await WriteAsync(delete);
        return await delete;
    }

    public Task DeletePartitionAsync(TableSchema table, string partition, CancellationToken cancellation = default) =>
        WriteAsync(store.DeletePartitionAsync(table, partition, cancellation));

    public async Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default)
    {
        try
        {
            var row = await store.FindAsync(table, partition, key, cancellation);
            watch.ReadSucceeded();
            return row;
        }
        catch (StoreUnavailableException e)
        {
            watch.ReadFailed(e);
            throw;
        }
    }

    public async IAsyncEnumerable<Row> ScanAsync(
        TableSchema table,
        KeyRange range,
        IReadOnlyList<Column>? columns = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var rows = store.ScanAsync(table, range, columns, cancellation).GetAsyncEnumerator(cancellation);
        while (await NextAsync(rows))
            yield return rows.Current;
        watch.ReadSucceeded();
    }

    /// <summary>One that can't be done leaves reports as welcome as before, so it is no outage.</summary>
    public async Task PurgeAsync(CancellationToken cancellation = default)
    {
        try
        {
            await store.PurgeAsync(cancellation);
        }
        catch (StoreDamagedException e)
        {
            watch.FoundDamaged(e);
            throw;
        }
    }

    public async Task<bool> CheckAsync(CancellationToken cancellation = default)
    {
        try
        {
            var isChecked = await store.CheckAsync(cancellation);
            watch.FoundInOrder();
            return isChecked;
        }
        catch (StoreDamagedException e)
        {
            watch.FoundDamaged(e);
            throw;
        }
    }

    public ValueTask DisposeAsync() => store is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;

    private async Task WriteAsync(Task write)
    {
        try
        {
            await write;
            watch.WriteSucceeded();
        }
        catch (StoreUnavailableException e)
        {
            watch.WriteFailed(e);
            throw;
        }
    }

    private ValueTask<bool> NextAsync(IAsyncEnumerator<Row> rows)
    {
        var next = rows.MoveNextAsync();
        return next.IsCompletedSuccessfully ? next : AwaitAsync(next);
    }

    private async ValueTask<bool> AwaitAsync(ValueTask<bool> next)
    {
        try
        {
            return await next;
        }
        catch (StoreUnavailableException e)
        {
            watch.ReadFailed(e);
            throw;
        }
    }
}
