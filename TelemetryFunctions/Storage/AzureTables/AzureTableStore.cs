using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace TelemetryFunctions.Storage.AzureTables;

/// <summary>The store on Azure Tables, or on Azurite.</summary>
/// <remarks>
/// Requests are retried by Azure.Core, which honours Retry-After; what still fails then is a
/// <see cref="StoreUnavailableException"/>.
/// </remarks>
public sealed class AzureTableStore : ITableStore
{
    // Tells, when a retried conditional write is refused, whether an earlier try of it was what came first.
    private const string WriteIdName = "WriteId";

    // A query takes the service 5 s at most, and a transaction less. A try that was lost on the way must not keep the
    // writers of its partition waiting for long.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly TableServiceClient _service;
    private readonly Dictionary<TableSchema, TableClient> _tables;
    private readonly WriteCoalescer _writes;

    /// <param name="connect">Makes the client with the given options, to which the store has added a policy.</param>
    /// <param name="tables">Every table that will be used.</param>
    /// <param name="time">For the writes' deadlines.</param>
    public AzureTableStore(
        Func<TableClientOptions, TableServiceClient> connect,
        IEnumerable<TableSchema> tables,
        TimeProvider time)
    {
        var options = new TableClientOptions { Retry = { NetworkTimeout = RequestTimeout } };
        options.AddPolicy(new WriteDeadline(time), Azure.Core.HttpPipelinePosition.PerRetry);
        _service = connect(options);
        _tables = tables.ToDictionary(table => table, table => _service.GetTableClient(table.Name));
        _writes = new WriteCoalescer(SendAsync, time);
    }

    /// <summary>Never: any number of instances of the app may share the account.</summary>
    public bool IsExclusive => false;

    /// <summary>Partitions with a write in flight.</summary>
    internal int BusyPartitions => _writes.BusyPartitions;

    public Task InitializeAsync(CancellationToken cancellation) =>
        StartAsync(() => Task.WhenAll(_tables.Values.Select(table => table.CreateIfNotExistsAsync(cancellation))), cancellation);

    /// <summary>Rows are not counted: that would read them all.</summary>
    public async Task<IReadOnlyList<StoredTable>> ListTablesAsync(CancellationToken cancellation = default)
    {
        var own = _tables.Keys.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        var names = await StartAsync(
            async () => await _service.QueryAsync((string?)null, cancellationToken: cancellation).Select(table => table.Name).ToListAsync(cancellation), cancellation);
        return [.. names.Where(own.Contains).Order(StringComparer.Ordinal).Select(name => new StoredTable(name, null, []))];
    }

    public Task UpsertAsync(
        TableSchema table,
        IReadOnlyList<Row> rows,
        DateTimeOffset? notAfter = null,
        CancellationToken cancellation = default)
    {
        StorageLimits.CheckBatch(table, rows);
        return _writes.WriteAsync(table, rows, notAfter, cancellation);
    }

    public async Task<Row?> FindAsync(
        TableSchema table,
        string partition,
        string key,
        CancellationToken cancellation = default)
    {
        StorageLimits.CheckKey(partition);
        StorageLimits.CheckKey(key);
        var entity = await FindEntityAsync(table, partition, key, AzureRows.Select(table.Columns), cancellation);
        return entity is null ? null : AzureRows.ToRow(entity, table.Columns);
    }

    public async IAsyncEnumerable<Row> ScanAsync(
        TableSchema table,
        KeyRange range,
        IReadOnlyList<Column>? columns = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        columns ??= table.Columns;
        var entities = _tables[table].QueryAsync<TableEntity>(
            AzureRows.Filter(range),
            StorageLimits.PageRows,
            AzureRows.Select(columns),
            cancellation);
        await using var rows = entities.GetAsyncEnumerator(cancellation);
        Func<Task<bool>> next = () => rows.MoveNextAsync().AsTask();
        while (await CallAsync(table, next, cancellation))
            yield return AzureRows.ToRow(rows.Current, columns);
    }

    public async Task<string?> TryWriteAsync(
        TableSchema table,
        Row row,
        string? etag,
        CancellationToken cancellation = default)
    {
        StorageLimits.CheckBatch(table, [row]);
        var writeId = Guid.NewGuid().ToString("N");
        var entity = AzureRows.ToEntity(row);
        entity[WriteIdName] = writeId;
        try
        {
            var response = await CallAsync(
                table,
                () => etag is null
                    ? _tables[table].AddEntityAsync(entity, cancellation)
                    : _tables[table].UpdateEntityAsync(entity, new ETag(etag), TableUpdateMode.Replace, cancellation),
                cancellation);
            return response.Headers.ETag?.ToString();
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            var stored = await FindEntityAsync(table, row.Partition, row.Key, [WriteIdName], cancellation);
            return stored?.GetString(WriteIdName) == writeId ? stored.ETag.ToString() : null;
        }
        catch (RequestFailedException e) when (etag is not null && e.Status == 404)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        StorageLimits.CheckDistinctBatch(table, rows);
        var writeId = Guid.NewGuid().ToString("N");
        try
        {
            var response = await CallAsync(
                table, () => _tables[table].SubmitTransactionAsync(rows.Select(row => AzureRows.ToConditionalAction(row, WriteIdName, writeId)), cancellation), cancellation);
            return [.. response.Value.Select(row => row.Headers.ETag!.Value.ToString())];
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            // All or none are of this write, so one row tells whether an earlier try of it was what came first.
            var stored = await FindWrittenAsync(table, [rows[0]], writeId, cancellation);
            return stored is null ? null : await FindWrittenAsync(table, rows, writeId, cancellation);
        }
    }

    public async Task DeleteAsync(
        TableSchema table,
        string partition,
        IReadOnlyList<string> keys,
        CancellationToken cancellation = default)
    {
        StorageLimits.CheckKey(partition);
        foreach (var key in keys)
            StorageLimits.CheckKey(key);
        foreach (var slice in keys.Distinct(StringComparer.Ordinal).Chunk(StorageLimits.MaxBatchRows))
            await DeleteSliceAsync(table, partition, slice, cancellation);
    }

    public async Task<bool> TryDeleteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        StorageLimits.CheckReadBatch(table, rows);
        try
        {
            await CallAsync(table, () => _tables[table].SubmitTransactionAsync(rows.Select(AzureRows.ToConditionalDelete), cancellation), cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // Where an earlier try of this deleted them, they are gone as well.
            return false;
        }
    }

    public async Task DeletePartitionAsync(TableSchema table, string partition, CancellationToken cancellation = default)
    {
        StorageLimits.CheckKey(partition);
        var slice = new List<string>(StorageLimits.MaxBatchRows);
        await foreach (var row in ScanAsync(table, KeyRange.Partition(partition), [], cancellation))
        {
            slice.Add(row.Key);
            if (slice.Count < StorageLimits.MaxBatchRows)
                continue;
            await DeleteSliceAsync(table, partition, slice, cancellation);
            slice.Clear();
        }

        await DeleteSliceAsync(table, partition, slice, cancellation);
    }

    /// <summary>Nothing to do: no file of the service's is in reach, and it keeps its own promise of deletion.</summary>
    public Task PurgeAsync(CancellationToken cancellation = default) => Task.CompletedTask;

    /// <summary>Nothing to do, as for a purge.</summary>
    public Task<bool> CheckAsync(CancellationToken cancellation = default) => Task.FromResult(false);

    private async Task<T> StartAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested
            && (e is RequestFailedException || AzureErrors.IsUnavailable(e)))
        {
            throw AzureErrors.CannotStart(_service.Uri, e);
        }
    }

    private async Task SendAsync(TableSchema table, WriteBatch batch)
    {
        using var deadline = WriteDeadline.Begin(batch.NotAfter);
        var entities = batch.Rows.Select(AzureRows.ToEntity).ToList();
        await CallAsync<object>(
            table,
            async () => entities is [var entity]
                ? await _tables[table].UpsertEntityAsync(entity, TableUpdateMode.Replace)
                : await _tables[table].SubmitTransactionAsync(entities.Select(
                    entity => new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity))),
            CancellationToken.None);
    }

    private async Task<T> CallAsync<T>(TableSchema table, Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await AzureErrors.Translate(call, cancellation);
        }
        catch (RequestFailedException e) when (AzureErrors.IsTableGone(e))
        {
            throw await MakeAgainAsync(table, e, cancellation);
        }
    }

    /// <summary>Creates a table that somebody deleted, where the service lets it: it takes up to a minute to delete one.</summary>
    private async Task<StoreUnavailableException> MakeAgainAsync(TableSchema table, RequestFailedException? error, CancellationToken cancellation)
    {
        try
        {
            await _tables[table].CreateIfNotExistsAsync(cancellation);
            return new StoreUnavailableException($"The table {table.Name} was deleted; it is made again, and empty.", error);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && (e is RequestFailedException || AzureErrors.IsUnavailable(e)))
        {
            return new StoreUnavailableException($"The table {table.Name} was deleted and can't be made again yet.", e);
        }
    }

    private async Task<TableEntity?> FindEntityAsync(
        TableSchema table,
        string partition,
        string key,
        string[] select,
        CancellationToken cancellation)
    {
        var found = await CallAsync(
            table,
            () => _tables[table].GetEntityIfExistsAsync<TableEntity>(partition, key, select, cancellation),
            cancellation);
        if (found.HasValue)
            return found.Value;

        // The client does not tell a row that is missing from a table that is.
        if (found.GetRawResponse().Content.ToString().Contains(AzureErrors.TableNotFound, StringComparison.Ordinal))
            throw await MakeAgainAsync(table, null, cancellation);
        return null;
    }

    /// <summary>The ETags of rows that carry a write's id, or null where not all of them do.</summary>
    private async Task<IReadOnlyList<string>?> FindWrittenAsync(TableSchema table, IReadOnlyList<Row> rows, string writeId, CancellationToken cancellation)
    {
        var stored = await Task.WhenAll(rows.Select(row => FindEntityAsync(table, row.Partition, row.Key, [WriteIdName], cancellation)));
        return stored.All(entity => entity?.GetString(WriteIdName) == writeId) ? [.. stored.Select(entity => entity!.ETag.ToString())] : null;
    }

    private async Task DeleteSliceAsync(
        TableSchema table,
        string partition,
        IReadOnlyCollection<string> keys,
        CancellationToken cancellation)
    {
        while (keys.Count > 1)
        {
            try
            {
                await CallAsync(
                    table,
                    () => _tables[table].SubmitTransactionAsync(
                        keys.Select(key => new TableTransactionAction(
                            TableTransactionActionType.Delete,
                            new TableEntity(partition, key),
                            ETag.All)),
                        cancellation),
                    cancellation);
                return;
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // One of them is missing, or an earlier try of this very transaction deleted them all.
                keys = await ExistingAsync(table, partition, keys, cancellation);
            }
        }

        foreach (var key in keys)
        {
            await CallAsync(
                table,
                () => _tables[table].DeleteEntityAsync(partition, key, ETag.All, cancellation),
                cancellation);
        }
    }

    private async Task<IReadOnlyCollection<string>> ExistingAsync(
        TableSchema table,
        string partition,
        IEnumerable<string> keys,
        CancellationToken cancellation)
    {
        var found = await Task.WhenAll(keys.Select(async key =>
            (Key: key, Exists: await FindEntityAsync(table, partition, key, [nameof(ITableEntity.RowKey)], cancellation) is not null)));
        return [.. found.Where(row => row.Exists).Select(row => row.Key)];
    }
}
