using Microsoft.Data.Sqlite;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Sqlite;

public sealed class CheckpointsTests : IAsyncLifetime
{
    private const int Writers = 4;

    // 60 MB, of rows of 15 pages: several times what a log may have before it is copied.
    private const int Many = 1_000;

    private static readonly Column<byte[]> Payload = new("Payload");
    private static readonly TableSchema Table = new("ROWS", Payload);

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteTableStore _store;
    private int _written;

    public CheckpointsTests() => _store = new SqliteTableStore(_directory, [Table], TimeProvider.System);

    private string File => Path.Combine(_directory, "telemetry.db");

    public async Task InitializeAsync()
    {
        await _store.InitializeAsync(CancellationToken.None);
        _store.FlushesWrites = false;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_log_begins_anew_while_others_write()
    {
        await WriteUntilTheLogBeginsAnewAsync();
        await WriteUntilTheLogBeginsAnewAsync();

        Assert.Equal(_written, await _store.ScanAsync(Table, KeyRange.All, []).CountAsync());
    }

    [Fact]
    public async Task It_is_copied_before_it_is_long()
    {
        var before = new FileInfo(File).Length;

        // 1,500 pages. The writer itself would copy 4,000.
        await WriteAsync(100);

        for (var tries = 0; new FileInfo(File).Length == before; tries++)
        {
            Assert.True(tries < 1_000, "Nothing is copied.");
            await Task.Delay(10);
        }

        Assert.Equal(100, _written);
    }

    [Fact]
    public async Task A_long_reader_sees_what_there_was_and_keeps_nobody_from_writing()
    {
        await WriteAsync(10);
        using (var reader = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            reader.Open();
            using var snapshot = reader.BeginTransaction(deferred: true);
            Assert.Equal(10L, Count());

            await WriteAsync(Many);

            Assert.Equal(10L, Count());

            object? Count()
            {
                using var count = reader.CreateCommand();
                count.CommandText = "SELECT count(*) FROM ROWS";
                count.Transaction = snapshot;
                return count.ExecuteScalar();
            }
        }

        await WriteUntilTheLogBeginsAnewAsync();
        Assert.Equal(_written, await _store.ScanAsync(Table, KeyRange.All, []).CountAsync());
    }

    /// <summary>The log's file keeps its length while it is written anew.</summary>
    private async Task WriteUntilTheLogBeginsAnewAsync()
    {
        for (var before = -1L; LogLength() is var length && length != before; before = length)
        {
            Assert.True(_written < 20 * Many, "The log only ever grows.");
            await WriteAsync(Writers);
        }
    }

    private Task WriteAsync(int rows) => Parallel.ForAsync(0, rows, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (_, token) =>
        await _store.UpsertAsync(Table, [new Row("p", $"{Interlocked.Increment(ref _written):d8}", Payload.Of(new byte[60_000]))], cancellation: token));

    private long LogLength() => new FileInfo(File + "-wal").Length;
}
