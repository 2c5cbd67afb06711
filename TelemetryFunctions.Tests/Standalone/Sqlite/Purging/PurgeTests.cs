using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Sqlite.Purging;

/// <summary>What was deleted is soon gone from the files, and the service goes on meanwhile.</summary>
public sealed class PurgeTests : IAsyncLifetime
{
    private const int Writers = 3;

    private static readonly Column<string> Text = new("Text");
    private static readonly TableSchema Table = new("SECRETS", Text) { IsPersonal = true };

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualClock _clock = new(TestSite.Noon);
    private readonly ConcurrentDictionary<string, int> _live = [];
    private SqliteTableStore _store = null!;

    private string File => Path.Combine(_directory, "telemetry.db");

    public Task InitializeAsync() => OpenAsync();

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Keys of any order and rows of any size make SQLite split, merge and renumber pages all the time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_deleted_is_left_and_everything_else_is_there_while_writers_go_on(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 30; i++)
            await WriteAsync(random);

        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var own = new Random(100 * seed + writer); !stop.IsCancellationRequested;)
                await (own.Next(3) > 0 ? WriteAsync(own) : DeleteAsync(own, 30));
        })).ToList();

        for (var pass = 0; pass < 4; pass++)
        {
            var deleted = await DeleteAsync(random, 200);
            await _store.PurgeAsync();
            Assert.Null(_directory.FindAny(deleted));

            // Nor do pages that the writer had in memory bring it back.
            for (var i = 0; i < 10; i++)
                await WriteAsync(random);
            Assert.Null(_directory.FindAny(deleted));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);

        var last = await DeleteAsync(random, 1);
        await _store.PurgeAsync();
        Assert.Null(_directory.FindAny(last));
        Assert.Equal("ok", Execute("PRAGMA integrity_check"));
        Assert.Equal(0L, Execute("SELECT count(*) FROM purge_pending"));
        var rows = await _store.ScanAsync(Table, KeyRange.All).ToDictionaryAsync(row => row.Key);
        Assert.Equal(_live.Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(_live, row => Assert.Equal(Content(row.Key, row.Value), rows[row.Key].Get(Text)));
    }

    [Fact]
    public async Task A_reader_of_an_older_state_is_waited_for_and_writers_go_on()
    {
        var random = new Random(1);
        await WriteAsync(random);
        var deleted = await DeleteAsync(random, 10);
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await using (connection)
        {
            await connection.OpenAsync();
            await using var reading = connection.BeginTransaction(deferred: true);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM SECRETS";
            await command.ExecuteScalarAsync();

            var purge = _store.PurgeAsync();
            for (var i = 0; i < 20; i++)
                await WriteAsync(random);
            Assert.False(purge.IsCompleted);
            await reading.RollbackAsync();
            await purge;
        }

        Assert.Null(_directory.FindAny(deleted));
    }

    [Fact]
    public async Task What_is_deleted_goes_by_itself_and_who_deletes_all_the_time_has_a_pass_in_ten_minutes()
    {
        var random = new Random(1);
        await WriteAsync(random);
        await DeleteAsync(random, 10);
        await _clock.UntilTimersAsync(1);
        Assert.Equal(1L, Execute("SELECT count(*) FROM purge_pending"));

        _clock.Advance(TimeSpan.FromSeconds(5));
        await _clock.UntilTimersAsync(1);
        Assert.Equal(0L, Execute("SELECT count(*) FROM purge_pending"));

        await DeleteAsync(random, 10);
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(1L, Execute("SELECT count(*) FROM purge_pending"));

        _clock.Advance(TimeSpan.FromMinutes(1));
        await _clock.UntilTimersAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _clock.UntilTimersAsync(1);
        Assert.Equal(0L, Execute("SELECT count(*) FROM purge_pending"));
    }

    [Fact]
    public async Task A_purge_that_was_killed_is_made_up_for_at_the_next_start()
    {
        var random = new Random(1);
        await WriteAsync(random);
        var deleted = await DeleteAsync(random, 10);
        await _store.DisposeAsync();
        Assert.Equal(1L, Execute("SELECT count(*) FROM purge_pending"));

        await OpenAsync();
        await _clock.UntilTimersAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _clock.UntilTimersAsync(1);

        Assert.Equal(0L, Execute("SELECT count(*) FROM purge_pending"));
        Assert.Null(_directory.FindAny(deleted));
    }

    [Fact]
    public async Task A_pass_that_is_cut_off_anywhere_leaves_the_file_in_order()
    {
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
            await WriteAsync(random);
        for (var cut = 0; cut < 8; cut++)
        {
            await DeleteAsync(random, 50);
            var purge = _store.PurgeAsync();
            for (var i = 0; i < cut; i++)
                await WriteAsync(random);
            await _store.DisposeAsync();
            Assert.True(await Record.ExceptionAsync(() => purge) is null or StoreUnavailableException);
            Assert.Equal("ok", Execute("PRAGMA integrity_check"));
            await OpenAsync();
        }

        Assert.Equal(_live.Keys.Order(StringComparer.Ordinal), await _store.ScanAsync(Table, KeyRange.All, []).Select(row => row.Key).Order(StringComparer.Ordinal).ToListAsync());
    }

    [Fact]
    public async Task To_delete_what_is_not_there_costs_nothing_that_lasts()
    {
        await WriteAsync(new Random(1));
        var log = new FileInfo(File + "-wal");
        var before = log.Length;
        await _store.DeleteAsync(Table, "0", ["nobody", "nothing"]);
        await _store.DeletePartitionAsync(Table, "none");

        log.Refresh();
        Assert.Equal(before, log.Length);
        Assert.Equal(0L, Execute("SELECT count(*) FROM purge_pending"));
    }

    [Fact]
    public async Task A_file_that_is_not_at_its_place_is_not_written()
    {
        var random = new Random(1);
        await WriteAsync(random);
        await DeleteAsync(random, 10);
        System.IO.File.Move(File, File + ".away");
        await System.IO.File.WriteAllTextAsync(File, new string('x', 8192));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.PurgeAsync());

        Assert.Equal(new string('x', 8192), await System.IO.File.ReadAllTextAsync(File));
        System.IO.File.Move(File + ".away", File, overwrite: true);
        await _store.PurgeAsync();
        Assert.Equal(0L, Execute("SELECT count(*) FROM purge_pending"));
    }

    private async Task OpenAsync()
    {
        _store = new SqliteTableStore(_directory, [Table], _clock);
        await _store.InitializeAsync(CancellationToken.None);
    }

    /// <summary>Writes a batch of rows, or some rows anew, of which a few are larger than a page.</summary>
    private async Task WriteAsync(Random random)
    {
        var partition = random.Next(8);
        var rows = Enumerable.Range(0, StorageLimits.MaxBatchRows).Select(_ => (
            Key: $"{partition}{random.NextInt64():x16}",
            Size: random.Next(40) == 0 ? random.Next(2_000, 12_000) : random.Next(400))).ToList();
        await _store.UpsertAsync(Table, [.. rows.Select(row => new Row(partition.ToString("x", null), row.Key, Text.Of(Content(row.Key, row.Size))))]);
        foreach (var (key, size) in rows)
            _live[key] = size;
    }

    /// <summary>Deletes rows that nobody else does.</summary>
    private async Task<IReadOnlyCollection<string>> DeleteAsync(Random random, int rows)
    {
        var keys = _live.Keys.ToList();
        var taken = Enumerable.Range(0, rows).Select(_ => keys[random.Next(keys.Count)]).Distinct().Where(key => _live.TryRemove(key, out _)).ToList();
        foreach (var partition in taken.GroupBy(key => key[..1]))
            await _store.DeleteAsync(Table, partition.Key, [.. partition]);
        return taken;
    }

    private static string Content(string key, int size) => $"{new string('-', size / 2)}{key}{new string('-', size / 2)}";

    private object? Execute(string sql) => DatabaseFile.Run(File, sql);
}
