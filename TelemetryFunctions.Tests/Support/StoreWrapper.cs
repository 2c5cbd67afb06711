using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Tests.Support;

/// <summary>A store that passes every call on.</summary>
internal abstract class StoreWrapper(ITableStore inner) : ITableStore, IAsyncDisposable
{
    public virtual bool IsExclusive => inner.IsExclusive;

    public Task InitializeAsync(CancellationToken cancellation) => inner.InitializeAsync(cancellation);

    public Task<IReadOnlyList<StoredTable>> ListTablesAsync(CancellationToken cancellation = default) => inner.ListTablesAsync(cancellation);

    public virtual Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default) =>
        inner.UpsertAsync(table, rows, notAfter, cancellation);

    public virtual Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default) =>
        inner.FindAsync(table, partition, key, cancellation);

    public virtual IAsyncEnumerable<Row> ScanAsync(
        TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null, CancellationToken cancellation = default) =>
        inner.ScanAsync(table, range, columns, cancellation);

    public virtual Task<string?> TryWriteAsync(TableSchema table, Row row, string? etag, CancellationToken cancellation = default) =>
        inner.TryWriteAsync(table, row, etag, cancellation);

    public virtual Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default) =>
        inner.TryWriteAsync(table, rows, cancellation);

    public virtual Task DeleteAsync(TableSchema table, string partition, IReadOnlyList<string> keys, CancellationToken cancellation = default) =>
        inner.DeleteAsync(table, partition, keys, cancellation);

    public virtual Task<bool> TryDeleteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default) =>
        inner.TryDeleteAsync(table, rows, cancellation);

    public virtual Task DeletePartitionAsync(TableSchema table, string partition, CancellationToken cancellation = default) =>
        inner.DeletePartitionAsync(table, partition, cancellation);

    public virtual Task PurgeAsync(CancellationToken cancellation = default) => inner.PurgeAsync(cancellation);

    public Task<bool> CheckAsync(CancellationToken cancellation = default) => inner.CheckAsync(cancellation);

    public ValueTask DisposeAsync() => inner is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;
}
