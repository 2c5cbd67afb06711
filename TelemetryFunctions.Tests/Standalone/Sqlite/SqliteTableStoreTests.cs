using Microsoft.Data.Sqlite;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Sqlite;

/// <summary>The contract on the embedded store, and what only it promises.</summary>
public sealed class SqliteTableStoreTests : TableStoreContract
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<SqliteTableStore> _opened = [];

    private string File => Path.Combine(_directory, "telemetry.db");

    public override async Task DisposeAsync()
    {
        await CloseAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_was_written_is_there_after_it_is_opened_again()
    {
        await FillAsync("p", 250);
        await CloseAsync();

        var store = await OpenAsync(Table);

        Assert.Equal(250, await store.ScanAsync(Table, KeyRange.Partition("p")).CountAsync());
    }

    [Fact]
    public async Task A_second_process_on_the_same_file_is_refused()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(Table));

        Assert.Contains(File, error.Message, StringComparison.Ordinal);
        Assert.Contains("in use by another process", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        await CloseAsync();
        Execute("PRAGMA user_version = 99");

        var error = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(Table));

        Assert.Contains("format 99", error.Message, StringComparison.Ordinal);
        Assert.Equal(99L, Execute("PRAGMA user_version"));
    }

    [Theory]
    [InlineData("CREATE TABLE theirs (a); PRAGMA application_id = 0; PRAGMA user_version = 0")]
    [InlineData("PRAGMA application_id = 77")]
    public async Task A_database_of_something_else_is_refused(string theirs)
    {
        await CloseAsync();
        Execute(theirs);

        var error = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(Table));

        Assert.Contains("something else", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await CloseAsync();
        SqliteConnection.ClearAllPools();
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000));

        var error = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(Table));

        Assert.Contains(File, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_broke_off_is_refused_with_what_to_do_and_left_alone()
    {
        await FillAsync("p", 1000);
        await CloseAsync();
        SqliteConnection.ClearAllPools();
        var half = (await System.IO.File.ReadAllBytesAsync(File))[..(5 * 4096)];
        await System.IO.File.WriteAllBytesAsync(File, half);

        var error = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(Table));

        Assert.StartsWith($"{File} is damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains("docs/operations.md", error.Message, StringComparison.Ordinal);
        Assert.Equal(half, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task A_column_that_a_new_version_brings_is_added()
    {
        await Store.UpsertAsync(Table, [Counted("p", "old", 1)]);
        await CloseAsync();
        var more = new Column<string>("More");
        var table = new TableSchema(Table.Name, [.. Table.Columns, more]);

        var store = await OpenAsync(table);
        await store.UpsertAsync(table, [new Row("p", "new", more.Of("yes"))]);

        Assert.Equal("", (await store.FindAsync(table, "p", "old"))!.Get(more, ""));
        Assert.Equal("yes", (await store.FindAsync(table, "p", "new"))!.Get(more));
    }

    [Fact]
    public async Task A_batch_that_fails_in_the_middle_leaves_nothing_and_what_is_stored_stays()
    {
        await FillAsync("p", 10);
        await CloseAsync();
        var store = await OpenAsync(Table);
        Execute("CREATE TRIGGER full BEFORE INSERT ON \"" + Table.Name + "\" BEGIN SELECT RAISE(ABORT, 'disk full'); END");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.UpsertAsync(Table, [Counted("p", "more"), Counted("p", "evenmore")]));

        Execute("DROP TRIGGER full");
        Assert.Equal(10, await store.ScanAsync(Table, KeyRange.All).CountAsync());
        await store.UpsertAsync(Table, [Counted("p", "more")]);
        Assert.Equal(11, await store.ScanAsync(Table, KeyRange.All).CountAsync());
    }

    [Fact]
    public async Task A_directory_that_can_not_be_made_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_directory, "file"), "");
        await using var store = new SqliteTableStore(Path.Combine(_directory, "file", "data"), [Table], TimeProvider.System);

        var error = await Assert.ThrowsAsync<StartupException>(() => store.InitializeAsync(CancellationToken.None));

        Assert.Contains("Telemetry__DataDirectory", error.Message, StringComparison.Ordinal);
    }

    protected override async Task<ITableStore> OpenAsync(params TableSchema[] tables)
    {
        var store = new SqliteTableStore(_directory, tables, TimeProvider.System);
        _opened.Add(store);
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }

    private async Task CloseAsync()
    {
        foreach (var store in _opened)
            await store.DisposeAsync();
        _opened.Clear();
    }

    private object? Execute(string sql) => DatabaseFile.Run(File, sql);
}
