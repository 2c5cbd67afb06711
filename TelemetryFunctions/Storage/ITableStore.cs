namespace TelemetryFunctions.Storage;

/// <summary>
/// The storage port: tables of rows sorted by (partition, key), ordinal. Implementations are safe for
/// concurrent use and coalesce concurrent writes; a write returns when its own rows are durable.
/// </summary>
/// <remarks>
/// Every implementation enforces <see cref="StorageLimits"/> with an <see cref="ArgumentException"/>, reports a
/// store that can't be reached or can't write with a <see cref="StoreUnavailableException"/>, and passes the one
/// suite of contract tests.
/// </remarks>
public interface ITableStore
{
    /// <summary>
    /// True where no other process can have this store open, so that a lease left by another process is
    /// known to be stale.
    /// </summary>
    bool IsExclusive { get; }

    /// <summary>Opens the store and creates missing tables. Called once, before anything else.</summary>
    /// <exception cref="StartupException">The store can't be used; the message says what to mend.</exception>
    Task InitializeAsync(CancellationToken cancellation);

    /// <summary>
    /// Which of its tables the store has, sorted by name. It need not be opened, and nothing in it is changed; rows of these tables can be read
    /// as well.
    /// </summary>
    /// <exception cref="StartupException">The store can't be used; the message says what to mend.</exception>
    Task<IReadOnlyList<StoredTable>> ListTablesAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Inserts or replaces up to <see cref="StorageLimits.MaxBatchRows"/> rows of one partition, all or none.
    /// Of rows with the same key the last one counts.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">Rows of one partition.</param>
    /// <param name="notAfter">The write is not sent, nor sent again, from this moment on.</param>
    /// <param name="cancellation">Gives up waiting; the rows may still be written.</param>
    /// <exception cref="WriteExpiredException"><paramref name="notAfter"/> came before the rows could be sent.</exception>
    Task UpsertAsync(
        TableSchema table,
        IReadOnlyList<Row> rows,
        DateTimeOffset? notAfter = null,
        CancellationToken cancellation = default);

    /// <summary>The row, or null where there is none.</summary>
    Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default);

    /// <summary>
    /// The rows of <paramref name="range"/> in order, fetched a page at a time; a row written or deleted meanwhile may
    /// or may not be seen.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="range">A partition, a range of keys in one, or a range of partitions.</param>
    /// <param name="columns">The columns to fetch; null fetches all, an empty list only the keys.</param>
    /// <param name="cancellation">Ends the scan.</param>
    IAsyncEnumerable<Row> ScanAsync(
        TableSchema table,
        KeyRange range,
        IReadOnlyList<Column>? columns = null,
        CancellationToken cancellation = default);

    /// <summary>
    /// Writes one row if the stored one still carries <paramref name="etag"/>, or, where that is null, if there is none.
    /// </summary>
    /// <returns>The new ETag, or null when another writer came first.</returns>
    Task<string?> TryWriteAsync(TableSchema table, Row row, string? etag, CancellationToken cancellation = default);

    /// <summary>
    /// Writes up to <see cref="StorageLimits.MaxBatchRows"/> rows of one partition, each once, all or none: if every stored one still carries
    /// the <see cref="Row.ETag"/> of its row or, where that is null, there is none.
    /// </summary>
    /// <returns>The new ETags in the order of the rows, or null when another writer came first with any of them.</returns>
    Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default);

    /// <summary>Writes rows of any partitions, each by itself: if the stored one still carries its <see cref="Row.ETag"/> or, where that is null, there is none.</summary>
    /// <returns>For each row whether it was written; false where another writer came first.</returns>
    async Task<IReadOnlyList<bool>> TryWriteEachAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        var etags = await Task.WhenAll(rows.Select(row => TryWriteAsync(table, row, row.ETag, cancellation)));
        return [.. etags.Select(etag => etag is not null)];
    }

    /// <summary>Deletes rows of one partition; missing ones are no error. Atomic for up to 100 keys.</summary>
    Task DeleteAsync(
        TableSchema table,
        string partition,
        IReadOnlyList<string> keys,
        CancellationToken cancellation = default);

    /// <summary>
    /// Deletes up to <see cref="StorageLimits.MaxBatchRows"/> rows of one partition, each once, all or none: if every stored one still carries the
    /// <see cref="Row.ETag"/> that it was read with.
    /// </summary>
    /// <returns>False where one of them was written or deleted since, be it by an earlier try of this call.</returns>
    Task<bool> TryDeleteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default);

    /// <summary>Deletes every row of a partition, in slices, so that other writes go on meanwhile.</summary>
    Task DeletePartitionAsync(TableSchema table, string partition, CancellationToken cancellation = default);

    /// <summary>Returns when nothing of what was deleted from personal tables before this call is left in the store's files.</summary>
    /// <remarks>
    /// A store sees to that by itself within an hour of the deletion, and writers do not wait for it; this is for who has to know. For readers
    /// what was deleted is gone at once.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">It can't be done now; the store tries again.</exception>
    Task PurgeAsync(CancellationToken cancellation = default);

    /// <summary>Looks through the store's files, while all else goes on.</summary>
    /// <returns>True where they are in order, false where there are none to look at.</returns>
    /// <exception cref="StoreDamagedException">They are damaged; the message says where and what to do.</exception>
    Task<bool> CheckAsync(CancellationToken cancellation = default);
}
