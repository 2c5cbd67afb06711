using System.Diagnostics;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Benchmarks.AzureTables;

/// <summary>Scans many rows, a partition after the other, as the shards of a day are read.</summary>
internal static class ScanLoad
{
    private const int Partitions = 16;

    private static readonly Column<byte[]> Payload = new("Payload");
    private static readonly Column<string> Format = new("Format");
    private static readonly Column<DateTimeOffset> ReceivedAt = new("ReceivedAt");
    private static readonly TableSchema Table = new("BenchmarkScan", Payload, Format, ReceivedAt);

    public static async Task RunAsync(int rows)
    {
        var store = TableService.Open([Table], TimeProvider.System, new RequestLog());
        await store.InitializeAsync(CancellationToken.None);
        if (await CountAsync(store, []) != rows)
            await FillAsync(store, rows);

        await ScanAsync(store, "all columns", null);
        await ScanAsync(store, "all columns", null);
        await ScanAsync(store, "one column", [Payload]);
        await ScanAsync(store, "keys only", []);
    }

    private static async Task FillAsync(ITableStore store, int rows)
    {
        var batches = Enumerable.Range(0, rows).Chunk(StorageLimits.MaxBatchRows);
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = Partitions }, async (numbers, cancellation) =>
        {
            var partition = $"{numbers[0] / StorageLimits.MaxBatchRows % Partitions:x}";
            await store.UpsertAsync(Table, [.. numbers.Select(number => Row(partition, number))], cancellation: cancellation);
        });
    }

    private static async Task<int> CountAsync(ITableStore store, IReadOnlyList<Column>? columns)
    {
        var rows = 0;
        foreach (var partition in Enumerable.Range(0, Partitions))
            rows += await store.ScanAsync(Table, KeyRange.Partition($"{partition:x}"), columns).CountAsync();
        return rows;
    }

    private static Row Row(string partition, int number) => new(
        partition,
        number.ToString("x32", null),
        Payload.Of(BenchmarkReports.Body(number)),
        Format.Of("protobuf"),
        ReceivedAt.Of(BenchmarkReports.Day));

    private static async Task ScanAsync(ITableStore store, string name, IReadOnlyList<Column>? columns)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var rows = await CountAsync(store, columns);
        watch.Stop();
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Console.WriteLine($"{name}: {rows} rows, {rows / watch.Elapsed.TotalSeconds:f0} rows/s, {(double)allocated / rows:f0} bytes allocated a row");
    }
}
