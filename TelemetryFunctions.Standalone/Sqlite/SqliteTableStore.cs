using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TelemetryFunctions.Standalone.Sqlite.Purging;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>
/// The embedded store: one SQLite file, one writer that commits whatever waits for it in one transaction, and
/// readers that never block it (WAL).
/// </summary>
public sealed class SqliteTableStore : ITableStore, IAsyncDisposable
{
    // The first page of a scan is small, because many a scan only wants to know the first row.
    private const int FirstPageRows = 64;

    // What is deleted is mostly far apart, a page for each row, and all who write at the same time wait for the transaction that has it. So whoever
    // deletes much takes more turns and not longer ones.
    private const int MaxDeletesAtOnce = 4;

    private readonly SemaphoreSlim _deletes = new(MaxDeletesAtOnce);
    private readonly SqliteFile _file;
    private readonly SqliteReaders _readers;
    private readonly Dictionary<TableSchema, TableStatements> _tables;
    private readonly TimeProvider _clock;
    private readonly ILogger<SqliteTableStore> _logger;
    private readonly StoreMeter? _meter;
    private SqliteWriter? _writer;
    private SqlitePurger? _purger;

    /// <param name="directory">Where <c>telemetry.db</c> is, or is to be made.</param>
    /// <param name="tables">Every table that will be used.</param>
    /// <param name="clock">Tells when a write's <c>notAfter</c> has passed, and when it is time to purge.</param>
    /// <param name="logger">Is told of what the store can't do by itself.</param>
    /// <param name="meter">Is told of every transaction.</param>
    public SqliteTableStore(
        string directory, IEnumerable<TableSchema> tables, TimeProvider clock, ILogger<SqliteTableStore>? logger = null, StoreMeter? meter = null)
    {
        _file = new SqliteFile(directory);
        _readers = new SqliteReaders(_file);
        _tables = tables.ToDictionary(table => table, table => new TableStatements(table));
        _clock = clock;
        _logger = logger ?? NullLogger<SqliteTableStore>.Instance;
        _meter = meter;
    }

    /// <inheritdoc/>
    public bool IsExclusive => true;

    /// <summary>
    /// False lets writes return before they are on disk, for what can be made again: a machine that fails loses the last of them, and
    /// nothing is broken.
    /// </summary>
    public bool FlushesWrites
    {
        get => Writer.FlushesCommits;
        set => Writer.FlushesCommits = value;
    }

    private SqliteWriter Writer => _writer ?? throw NotInitialized();

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellation)
    {
        if (_writer is null)
        {
            _writer = new SqliteWriter(_file, _file.Open(_tables.Values), _clock, _meter);
            _purger = new SqlitePurger(_file, _writer, _clock, _logger);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredTable>> ListTablesAsync(CancellationToken cancellation = default) =>
        Task.FromResult(_file.Look<IReadOnlyList<StoredTable>>(connection =>
            [.. _tables.Values.Select(table => table.Describe(connection)).OfType<StoredTable>().OrderBy(table => table.Name, StringComparer.Ordinal)]) ?? []);

    /// <inheritdoc/>
    public async Task UpsertAsync(
        TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
    {
        StorageLimits.CheckBatch(table, rows);
        await Writer.WriteAsync(new UpsertWrite(_tables[table], rows, notAfter), cancellation);
    }

    /// <inheritdoc/>
    public async Task<string?> TryWriteAsync(
        TableSchema table, Row row, string? etag, CancellationToken cancellation = default)
    {
        StorageLimits.CheckBatch(table, [row]);
        var write = new ConditionalWrite(_tables[table], row, etag);
        await Writer.WriteAsync(write, cancellation);
        return write.NewETag;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        StorageLimits.CheckDistinctBatch(table, rows);
        var write = new ConditionalBatchWrite(_tables[table], rows);
        await Writer.WriteAsync(write, cancellation);
        return write.NewETags;
    }

    /// <inheritdoc/>
    /// <remarks>In one transaction, which is quicker than one by one.</remarks>
    public async Task<IReadOnlyList<bool>> TryWriteEachAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        foreach (var row in rows)
            StorageLimits.CheckBatch(table, [row]);
        var write = new ConditionalEachWrite(_tables[table], rows);
        await Writer.WriteAsync(write, cancellation);
        return write.Written;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(
        TableSchema table, string partition, IReadOnlyList<string> keys, CancellationToken cancellation = default)
    {
        StorageLimits.CheckKey(partition);
        foreach (var key in keys)
            StorageLimits.CheckKey(key);
        foreach (var batch in keys.Chunk(StorageLimits.MaxBatchRows))
            await DeleteAsync(new DeleteWrite(_tables[table], partition, batch), cancellation);
    }

    /// <inheritdoc/>
    public async Task<bool> TryDeleteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        StorageLimits.CheckReadBatch(table, rows);
        var delete = new ConditionalDeleteWrite(_tables[table], rows);
        await DeleteAsync(delete, cancellation);
        return delete.IsDone;
    }

    /// <inheritdoc/>
    public async Task DeletePartitionAsync(TableSchema table, string partition, CancellationToken cancellation = default)
    {
        StorageLimits.CheckKey(partition);
        DeleteSliceWrite slice;
        do
        {
            slice = new DeleteSliceWrite(_tables[table], partition);
            await DeleteAsync(slice, cancellation);
        }
        while (slice.Deleted == DeleteSliceWrite.MaxRows);
    }

    /// <inheritdoc/>
    public Task PurgeAsync(CancellationToken cancellation = default) =>
        (_purger ?? throw NotInitialized()).PurgeAsync(cancellation);

    /// <inheritdoc/>
    public async Task<bool> CheckAsync(CancellationToken cancellation = default)
    {
        await Task.Run(() => _file.Check(cancellation), cancellation);
        return true;
    }

    /// <inheritdoc/>
    public Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default)
    {
        StorageLimits.CheckKey(partition);
        StorageLimits.CheckKey(key);
        return Task.FromResult(_readers.Read(statements => _tables[table].Find(statements, partition, key)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Row> ScanAsync(
        TableSchema table,
        KeyRange range,
        IReadOnlyList<Column>? columns = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var rest = range;
        Row? last = null;
        for (var limit = FirstPageRows; ; limit = StorageLimits.PageRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var after = last;
            var page = _readers.Read(statements => _tables[table].Page(statements, rest, after, columns ?? table.Columns, limit));
            foreach (var row in page)
                yield return row;

            if (page.Count < limit)
                yield break;
            last = page[^1];

            // SQLite reads without ever waiting. Between pages, let requests have the thread.
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_purger is not null)
            await _purger.DisposeAsync();
        if (_writer is not null)
            await _writer.DisposeAsync();
        _readers.Dispose();
        _file.Dispose();
    }

    private async Task DeleteAsync(SqliteWrite delete, CancellationToken cancellation)
    {
        await _deletes.WaitAsync(cancellation);
        try
        {
            await Writer.WriteAsync(delete, cancellation);
        }
        finally
        {
            _deletes.Release();
        }
    }

    private static InvalidOperationException NotInitialized() => new("The store is not initialized.");
}
