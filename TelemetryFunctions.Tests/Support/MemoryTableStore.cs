using System.Runtime.CompilerServices;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Tests.Support;

/// <summary>The storage port in memory, for tests that run thousands of times. It passes the contract like any other store.</summary>
internal sealed class MemoryTableStore(TimeProvider clock) : ITableStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TableSchema, SortedDictionary<(string Partition, string Key), Row>> _tables = [];
    private long _etag;

    public bool IsExclusive => true;

    /// <summary>Writes so far: batches, conditional writes and deletes.</summary>
    public int Writes { get; private set; }

    public Task InitializeAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Those that were used.</summary>
    public Task<IReadOnlyList<StoredTable>> ListTablesAsync(CancellationToken cancellation = default)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<StoredTable>>([.. _tables.Select(table => new StoredTable(table.Key.Name, table.Value.Count, [])).OrderBy(table => table.Name, StringComparer.Ordinal)]);
    }

    public Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
    {
        StorageLimits.CheckBatch(table, rows);
        if (clock.GetUtcNow() >= notAfter)
            throw new WriteExpiredException(notAfter.Value);
        lock (_lock)
        {
            Writes++;
            foreach (var row in rows)
                Put(table, row);
        }

        return Task.CompletedTask;
    }

    public Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default)
    {
        StorageLimits.CheckKey(partition);
        StorageLimits.CheckKey(key);
        lock (_lock)
            return Task.FromResult(Rows(table).GetValueOrDefault((partition, key)));
    }

    public async IAsyncEnumerable<Row> ScanAsync(
        TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        List<Row> rows;
        lock (_lock)
            rows = [.. Rows(table).Values.Where(row => IsIn(row, range))];

        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return columns is null
                ? row
                : new Row(row.Partition, row.Key, [.. row.Cells.Where(cell => columns.Contains(cell.Column))]) { ETag = row.ETag };
        }

        await Task.CompletedTask;
    }

    public Task<string?> TryWriteAsync(TableSchema table, Row row, string? etag, CancellationToken cancellation = default)
    {
        StorageLimits.CheckBatch(table, [row]);
        lock (_lock)
        {
            Writes++;
            var isAsExpected = Rows(table).GetValueOrDefault((row.Partition, row.Key))?.ETag == etag;
            return Task.FromResult(isAsExpected ? Put(table, row) : null);
        }
    }

    public Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        StorageLimits.CheckDistinctBatch(table, rows);
        lock (_lock)
        {
            Writes++;
            var areAsExpected = rows.All(row => Rows(table).GetValueOrDefault((row.Partition, row.Key))?.ETag == row.ETag);
            return Task.FromResult<IReadOnlyList<string>?>(areAsExpected ? [.. rows.Select(row => Put(table, row))] : null);
        }
    }

    public Task DeleteAsync(TableSchema table, string partition, IReadOnlyList<string> keys, CancellationToken cancellation = default)
    {
        foreach (var key in keys)
            StorageLimits.CheckKey(key);
        lock (_lock)
        {
            Writes++;
            foreach (var key in keys)
                Rows(table).Remove((partition, key));
        }

        return Task.CompletedTask;
    }

    public Task<bool> TryDeleteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
    {
        StorageLimits.CheckReadBatch(table, rows);
        lock (_lock)
        {
            Writes++;
            var areAsExpected = rows.All(row => Rows(table).GetValueOrDefault((row.Partition, row.Key)) is { } stored && stored.ETag == row.ETag);
            return Task.FromResult(areAsExpected && rows.All(row => Rows(table).Remove((row.Partition, row.Key))));
        }
    }

    public Task DeletePartitionAsync(TableSchema table, string partition, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            Writes++;
            foreach (var key in Rows(table).Keys.Where(key => key.Partition == partition).ToList())
                Rows(table).Remove(key);
        }

        return Task.CompletedTask;
    }

    public Task PurgeAsync(CancellationToken cancellation = default) => Task.CompletedTask;

    public Task<bool> CheckAsync(CancellationToken cancellation = default) => Task.FromResult(false);

    private static bool IsIn(Row row, KeyRange range) => range.ToPartition is { } to
        ? string.CompareOrdinal(row.Partition, range.FromPartition) >= 0 && string.CompareOrdinal(row.Partition, to) < 0
        : row.Partition == range.FromPartition
            && (range.FromKey is null || string.CompareOrdinal(row.Key, range.FromKey) >= 0)
            && (range.ToKey is null || string.CompareOrdinal(row.Key, range.ToKey) < 0);

    private string Put(TableSchema table, Row row)
    {
        var etag = (++_etag).ToString("x", null);
        Rows(table)[(row.Partition, row.Key)] = new Row(row.Partition, row.Key, row.Cells) { ETag = etag };
        return etag;
    }

    private SortedDictionary<(string Partition, string Key), Row> Rows(TableSchema table)
    {
        if (!_tables.TryGetValue(table, out var rows))
        {
            _tables[table] = rows = new(Comparer<(string Partition, string Key)>.Create((left, right) =>
                string.CompareOrdinal(left.Partition, right.Partition) is var order and not 0 ? order : string.CompareOrdinal(left.Key, right.Key)));
        }

        return rows;
    }
}
