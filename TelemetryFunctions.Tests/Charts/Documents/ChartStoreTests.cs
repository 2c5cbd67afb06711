using System.Security.Cryptography;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Documents;

public sealed class ChartStoreTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly KillableStore _tables;
    private readonly ChartStore _charts;

    public ChartStoreTests()
    {
        _tables = new KillableStore(new SqliteTableStore(_directory, [ChartStore.Table], TimeProvider.System));
        _charts = new ChartStore(_tables);
    }

    public Task InitializeAsync() => _tables.InitializeAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _tables.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(200, ChartStore.ChunkBytes)]
    [InlineData(ChartStore.ChunkBytes + 1, 3 * ChartStore.ChunkBytes)]
    [InlineData(1_000_000, 4_000_000)]
    public async Task A_document_of_any_size_is_read_as_it_was_written(int data, int body)
    {
        var chart = Chart(1, data, body);

        await _charts.WriteAsync("p", chart, CancellationToken.None);

        AssertSame(chart, await _charts.ReadAsync("p", CancellationToken.None));
        Assert.Equal("tag1", await _charts.FindTagAsync("p", CancellationToken.None));
        await foreach (var row in _tables.ScanAsync(ChartStore.Table, KeyRange.All))
            Assert.All(row.Cells.Select(cell => cell.Reference).OfType<byte[]>(), chunk => Assert.InRange(chunk.Length, 1, ChartStore.ChunkBytes));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_document_that_was_replaced()
    {
        foreach (var (version, size) in new[] { 900_000, 100, 500_000, 700_000, 10 }.Index())
        {
            await _charts.WriteAsync("p", Chart(version, size, size), CancellationToken.None);

            AssertSame(Chart(version, size, size), await _charts.ReadAsync("p", CancellationToken.None));
            var chunks = (size + ChartStore.ChunkBytes - 1) / ChartStore.ChunkBytes;
            Assert.Equal(1 + 3 * chunks, await _tables.ScanAsync(ChartStore.Table, KeyRange.Partition("p"), []).CountAsync());
        }
    }

    [Fact]
    public async Task A_small_document_is_replaced_in_one_transaction()
    {
        var log = new CallLog(_tables, isExclusive: true);
        var charts = new ChartStore(log);

        await charts.WriteAsync("p", Chart(1, 60_000, 200_000), CancellationToken.None);
        await charts.WriteAsync("p", Chart(2, 60_000, 300_000), CancellationToken.None);

        Assert.Equal(2, log.Upserts);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public async Task A_tag_is_read_once_where_nobody_else_writes(bool isExclusive, int reads)
    {
        var log = new CallLog(_tables, isExclusive);
        var charts = new ChartStore(log);
        await charts.WriteAsync("p", Chart(1, 10, 10), CancellationToken.None);

        var before = log.Finds;
        for (var i = 0; i < 3; i++)
            Assert.Equal("tag1", await charts.FindTagAsync("p", CancellationToken.None));
        Assert.Equal(reads, log.Finds - before);

        await charts.WriteAsync("p", Chart(2, 10, 10), CancellationToken.None);
        Assert.Equal("tag2", await charts.FindTagAsync("p", CancellationToken.None));
        await charts.KeepOnlyAsync(new HashSet<string>(), CancellationToken.None);
        Assert.Null(await charts.FindTagAsync("p", CancellationToken.None));
    }

    [Fact]
    public async Task Killed_at_any_call_either_document_is_there_whole()
    {
        var (old, next) = (Chart(1, 700_000, 3_000_000), Chart(2, 800_000, 3_100_000));
        for (var calls = 0; ; calls++)
        {
            await _charts.WriteAsync("p", old, CancellationToken.None);
            _tables.KillAfter(calls, lastCallCounts: calls % 2 == 0);
            var error = await Record.ExceptionAsync(() => _charts.WriteAsync("p", next, CancellationToken.None));
            _tables.Revive();

            var read = await _charts.ReadAsync("p", CancellationToken.None);
            AssertSame(read!.Tag == old.Tag ? old : next, read);
            if (error is null)
            {
                Assert.Equal(next.Tag, read.Tag);
                Assert.True(calls > 4, "The write was in one transaction, so nothing was tried.");
                return;
            }

            Assert.IsType<KilledException>(error);
        }
    }

    [Fact]
    public async Task A_reader_never_sees_half_of_a_document()
    {
        await _charts.WriteAsync("p", Chart(0, 10, 10), CancellationToken.None);
        using var done = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            var reads = 0;
            for (; !done.IsCancellationRequested; reads++)
            {
                var read = await _charts.ReadAsync("p", CancellationToken.None);
                Assert.NotNull(read);
                var version = (int)read.ThroughMs;
                AssertSame(Chart(version, Size(version), Size(version)), read);
            }

            return reads;
        });

        for (var version = 1; version < 40; version++)
            await _charts.WriteAsync("p", Chart(version, Size(version), Size(version)), CancellationToken.None);
        await done.CancelAsync();

        Assert.True(await reading > 0);

        static int Size(int version) => version == 0 ? 10 : version * 37_123 % 900_000;
    }

    private static StoredChart Chart(int version, int data, int body) =>
        new($"tag{version}", version, Bytes(version, data), Bytes(version + 1, body), Bytes(version + 2, body));

    // Collections of xunit compare element by element, which megabytes are too many for.
    private static void AssertSame(StoredChart expected, StoredChart? actual) => Assert.Equal(Hash(expected), Hash(actual!));

    private static string Hash(StoredChart chart) =>
        $"{chart.Tag} {chart.ThroughMs} {string.Join(' ', new[] { chart.Data, chart.Brotli, chart.Gzip }.Select(part => Convert.ToHexString(SHA256.HashData(part))))}";

    private static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private sealed class CallLog(ITableStore inner, bool isExclusive) : StoreWrapper(inner)
    {
        public int Upserts { get; private set; }

        public int Finds { get; private set; }

        public override bool IsExclusive => isExclusive;

        public override Task<Row?> FindAsync(TableSchema table, string partition, string key, CancellationToken cancellation = default)
        {
            Finds++;
            return base.FindAsync(table, partition, key, cancellation);
        }

        public override Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
        {
            Upserts++;
            return base.UpsertAsync(table, rows, notAfter, cancellation);
        }
    }
}
