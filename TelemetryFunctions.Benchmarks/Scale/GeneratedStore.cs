using System.Globalization;
using System.Runtime.CompilerServices;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Benchmarks.Scale;

/// <summary>
/// A store whose reports and registry are made while they are read: a day of any number of systems, all of them known since the day before. What
/// is written to the registry is counted and dropped; all else is kept in a store of its own.
/// </summary>
internal sealed class GeneratedStore(ITableStore kept, long systems) : ITableStore
{
    private const int DifferentReports = 1_000;
    private const string DayFormat = "yyyyMMdd";

    private static readonly Column<byte[]> Payload = (Column<byte[]>)ReportStore.Table.Columns[0];
    private static readonly Column<string> Format = (Column<string>)ReportStore.Table.Columns[1];
    private static readonly Column<DateTimeOffset> FirstSeen = (Column<DateTimeOffset>)SystemRegistry.Table.Columns[0];
    private static readonly Column<DateTimeOffset> LastSeen = (Column<DateTimeOffset>)SystemRegistry.Table.Columns[1];

    private readonly byte[][] _reports = [.. Enumerable.Range(0, DifferentReports).Select(BenchmarkReports.Body)];
    private readonly string _day = BenchmarkReports.Day.ToString(DayFormat, CultureInfo.InvariantCulture);
    private long _transactions;
    private long _pages;

    /// <summary>Transactions that wrote to the registry.</summary>
    public long Transactions => _transactions;

    /// <summary>Pages of reports and of the registry that were read.</summary>
    public long Pages => _pages;

    public bool IsExclusive => kept.IsExclusive;

    public Task InitializeAsync(CancellationToken cancellation) => kept.InitializeAsync(cancellation);

    public Task<IReadOnlyList<StoredTable>> ListTablesAsync(CancellationToken cancellation = default) => kept.ListTablesAsync(cancellation);

    public Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
    {
        if (table != SystemRegistry.Table)
            return kept.UpsertAsync(table, rows, notAfter, cancellation);

        StorageLimits.CheckBatch(table, rows);
        Interlocked.Increment(ref _transactions);
        return Task.CompletedTask;
    }

    public Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default) =>
        kept.FindAsync(table, partition, key, cancellation);

    public IAsyncEnumerable<Row> ScanAsync(TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null, CancellationToken cancellation = default)
    {
        var isRaw = table == ReportStore.Table;
        return isRaw || table == SystemRegistry.Table ? GenerateAsync(isRaw, range, columns, cancellation) : kept.ScanAsync(table, range, columns, cancellation);
    }

    public Task<string?> TryWriteAsync(TableSchema table, Row row, string? etag, CancellationToken cancellation = default) =>
        kept.TryWriteAsync(table, row, etag, cancellation);

    public Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default) =>
        kept.TryWriteAsync(table, rows, cancellation);

    public Task DeleteAsync(TableSchema table, string partition, IReadOnlyList<string> keys, CancellationToken cancellation = default) =>
        kept.DeleteAsync(table, partition, keys, cancellation);

    public Task<bool> TryDeleteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default) =>
        kept.TryDeleteAsync(table, rows, cancellation);

    public Task DeletePartitionAsync(TableSchema table, string partition, CancellationToken cancellation = default) =>
        kept.DeletePartitionAsync(table, partition, cancellation);

    public Task PurgeAsync(CancellationToken cancellation = default) => kept.PurgeAsync(cancellation);

    public Task<bool> CheckAsync(CancellationToken cancellation = default) => kept.CheckAsync(cancellation);

    private async IAsyncEnumerable<Row> GenerateAsync(
        bool isRaw, KeyRange range, IReadOnlyList<Column>? columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var shard in SystemId.Shards)
        {
            var partition = isRaw ? $"{_day}-{shard}" : shard.ToString();
            if (!Includes(range, partition))
                continue;

            var first = range.FromKey is { } from ? NumberOf(from) : 0;
            var end = range.ToKey is { } to ? NumberOf(to) + 1 : systems / SystemId.Shards.Length;
            for (var number = first; number < end; number++)
            {
                if (number % StorageLimits.PageRows == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Interlocked.Increment(ref _pages);

                    // As a store does that has to fetch its next page.
                    await Task.Yield();
                }

                yield return new Row(partition, number.ToString("x32", CultureInfo.InvariantCulture), isRaw ? Report(number, columns) : Known(number));
            }
        }
    }

    // A copy, as it comes from a store.
    private Cell[] Report(long number, IReadOnlyList<Column>? columns) =>
        columns is { Count: 0 } ? [] : [Payload.Of(_reports[number % DifferentReports].AsSpan().ToArray()), Format.Of("protobuf")];

    private static Cell[] Known(long number) =>
        [FirstSeen.Of(BenchmarkReports.Day.AddDays(-1 - number % 1_000)), LastSeen.Of(BenchmarkReports.Day.AddDays(-1))];

    private static bool Includes(KeyRange range, string partition) => range.ToPartition is null
        ? range.FromPartition == partition
        : string.CompareOrdinal(range.FromPartition, partition) <= 0 && string.CompareOrdinal(partition, range.ToPartition) < 0;

    /// <summary>The number of a key; what may follow it, as in the end of a range, is left out.</summary>
    private static long NumberOf(string key) => long.Parse(key.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
