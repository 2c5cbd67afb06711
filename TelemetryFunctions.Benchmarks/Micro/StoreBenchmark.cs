using BenchmarkDotNet.Attributes;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Benchmarks.Micro;

/// <summary>What a row costs on the embedded store: written in a batch, and scanned.</summary>
[MemoryDiagnoser]
public class StoreBenchmark : IAsyncDisposable
{
    private const int Rows = 20_000;

    private static readonly Column<byte[]> Payload = new("Payload");
    private static readonly Column<string> Format = new("Format");
    private static readonly TableSchema Scanned = new("Scanned", Payload, Format);
    private static readonly TableSchema Written = new("Written", Payload, Format);

    private readonly string _directory = Directory.CreateTempSubdirectory("micro-").FullName;
    private SqliteTableStore _store = null!;
    private int _written;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _store = new SqliteTableStore(_directory, [Scanned, Written], TimeProvider.System);
        await _store.InitializeAsync(CancellationToken.None);
        foreach (var batch in Enumerable.Range(0, Rows).Chunk(StorageLimits.MaxBatchRows))
            await _store.UpsertAsync(Scanned, [.. batch.Select(RowOf)]);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>On disk when it returns: a hundredth of a flush.</summary>
    [Benchmark(OperationsPerInvoke = StorageLimits.MaxBatchRows)]
    public async Task WriteAsync()
    {
        var first = _written;
        _written += StorageLimits.MaxBatchRows;
        await _store.UpsertAsync(Written, [.. Enumerable.Range(first, StorageLimits.MaxBatchRows).Select(RowOf)]);
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public async Task<int> ScanAsync() => await _store.ScanAsync(Scanned, KeyRange.Partition("p")).CountAsync();

    private static Row RowOf(int number) => new("p", number.ToString("x32", null), Payload.Of(BenchmarkReports.Body(number % 100)), Format.Of("protobuf"));
}
