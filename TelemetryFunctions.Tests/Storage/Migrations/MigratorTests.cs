using Microsoft.Extensions.Logging.Abstractions;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.Migrations;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage.Migrations;

/// <summary>The order of migrations, with some that only note that they were run.</summary>
public sealed class MigratorTests
{
    private static readonly TableSchema Any = new("ANY");

    private readonly MemoryTableStore _store = new(TimeProvider.System);
    private readonly List<string> _log = [];

    [Fact]
    public void Those_that_there_are_are_numbered_without_a_gap()
    {
        var migrations = typeof(IMigration).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IMigration)))
            .Select(type => (IMigration)Activator.CreateInstance(type)!)
            .OrderBy(migration => migration.Number)
            .ToList();

        Assert.Equal(Enumerable.Range(1, migrations.Count), migrations.Select(migration => migration.Number));
        Assert.All(migrations, migration => Assert.StartsWith($"Migration{migration.Number:d3}", migration.GetType().Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_half_of_each_is_done_once_and_in_order()
    {
        await _store.UpsertAsync(Any, [new Row("a", "row")]);
        var migrator = New(1, 2, 3);

        await migrator.OpenAsync(default);
        await migrator.OpenAsync(default);
        Assert.Equal(["1 pre", "2 pre", "3 pre"], _log);
        await FinishAsync(migrator);
        await FinishAsync(migrator);

        Assert.Equal(["1 pre", "2 pre", "3 pre", "1 post", "2 post", "3 post"], _log);
        await New(1, 2, 3, 4).OpenAsync(default);
        Assert.Equal("4 pre", _log[^1]);
    }

    [Fact]
    public async Task Charts_are_made_again_once_and_before_that_the_migration_is_not_done()
    {
        await _store.UpsertAsync(Any, [new Row("a", "row")]);
        var migrator = New(1, -2, -3, 4);
        await migrator.OpenAsync(default);
        Assert.Contains((await migrator.LookAsync(default)).Pending, step => step is { IsPre: false, Number: null, Does: "makes the chart documents again" });
        _log.Clear();

        await Assert.ThrowsAsync<IOException>(() => migrator.FinishAsync(_ => throw new IOException(), default));
        Assert.Contains((await migrator.LookAsync(default)).Pending, step => step is { IsPre: false, Number: null });
        await FinishAsync(migrator);

        Assert.Equal(["1 post", "2 post", "3 post", "3 post", "charts", "4 post"], _log);
        Assert.Empty((await migrator.LookAsync(default)).Pending);
    }

    [Fact]
    public async Task A_table_has_the_format_of_the_last_migration_that_changed_it()
    {
        await _store.UpsertAsync(Any, [new Row("a", "row")]);
        var before = await New(1, 2).LookAsync(default);
        await New(1, 2).OpenAsync(default);

        Assert.Equal(0, before.Tables.Single(table => table.Name == "ANY").Format);
        Assert.Equal([("ANY", 2), ("FORMAT", 0)], (await New(1, 2).LookAsync(default)).Tables.Select(table => (table.Name, table.Format)));
    }

    private Task FinishAsync(Migrator migrator) => migrator.FinishAsync(
        _ =>
        {
            _log.Add("charts");
            return Task.CompletedTask;
        },
        default);

    /// <summary>With migrations of these numbers; the negative ones change charts.</summary>
    private Migrator New(params int[] numbers) => new(
        _store, new FormatStore(_store), [Any, FormatStore.Table], [.. numbers.Reverse().Select(number => new Noted(Math.Abs(number), number < 0, _log))], NullLogger<Migrator>.Instance);

    private sealed class Noted(int number, bool changesCharts, List<string> log) : IMigration
    {
        public int Number => number;

        public IReadOnlyList<TableSchema> Tables => [Any];

        public bool ChangesCharts => changesCharts;

        public string Pre => "notes pre";

        public string Post => "notes post";

        public Task PreAsync(ITableStore store, CancellationToken cancellation) => NoteAsync("pre");

        public Task PostAsync(ITableStore store, CancellationToken cancellation) => NoteAsync("post");

        private Task NoteAsync(string half)
        {
            log.Add($"{number} {half}");
            return Task.CompletedTask;
        }
    }
}
