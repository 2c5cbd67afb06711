using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.Migrations;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Events;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage.Migrations;

/// <summary>What becomes of an old store, from one test store or another.</summary>
public abstract class MigrationTests(TestStores stores) : IAsyncLifetime
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(TestSite.Noon.UtcDateTime);

    private readonly TestStore _store = stores.New();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _store.Dispose();
        return Task.CompletedTask;
    }

    [StoreFact]
    public async Task A_user_of_the_old_store_is_the_same_one_in_the_new()
    {
        await OldStore.FillAsync(_store, Day.AddDays(-1), "a");
        await using var site = await EventSite.StartAsync(_store);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(30));

        await site.SendAsync(site.Event(1, made => made.LoginAttempt = new LoginAttempt(), "a"), site.Event(2, made => made.LoginAttempt = new LoginAttempt(), "b"));
        await site.RunAsync();

        Assert.Equal("daily: 2\nmonthly: 2\nweekly: 2", await site.RollupAsync("active-users", $"?from={Day:yyyy-MM-dd}"));
    }

    [StoreFact]
    public async Task A_rollup_of_the_old_store_is_shown_by_the_new()
    {
        await OldStore.FillAsync(_store, Day, "a");
        await using var site = await EventSite.StartAsync(_store);

        Assert.Equal("GET / requests: 3 4\nGET / p50-ms: - 1.5", await site.RollupAsync("api"));
        Assert.Equal("daily: 1", await site.RollupAsync("active-users"));
    }

    [StoreFact]
    public async Task Killed_at_any_call_and_run_again_it_gives_the_same()
    {
        await using var service = OldStore.Build(_store);
        var tables = service.Services.GetRequiredService<ITableStore>();
        await tables.InitializeAsync(default);
        var kills = 0;
        for (var isDone = false; !isDone; kills++)
        {
            foreach (var lastCallCounts in (bool[])[false, true])
            {
                await ClearAsync(tables);
                await OldStore.FillAsync(tables, Day, "a");
                var killable = new KillableStore(tables);
                var migrator = new Migrator(
                    killable, new FormatStore(killable), service.Services.GetServices<TableSchema>(), service.Services.GetServices<IMigration>(), NullLogger<Migrator>.Instance);
                killable.KillAfter(kills, lastCallCounts);
                try
                {
                    await MigrateAsync(migrator);
                    isDone = true;
                    killable.Revive();
                }
                catch (KilledException)
                {
                    killable.Revive();
                    await MigrateAsync(migrator);
                }

                Assert.Equal(OldStore.HashOf("a"), await OldStore.NewHashAsync(tables, "a"));
                Assert.Null(await OldStore.FindOldKeyAsync(tables));
                Assert.Equal(OldStore.Rollups, await OldStore.ReadRollupsAsync(tables));
                Assert.Empty(await RowsAsync(tables, PointStore.Series));
                Assert.Empty(await RowsAsync(tables, PointStore.Summary));
                Assert.Empty((await migrator.LookAsync(default)).Pending);
            }
        }

        Assert.InRange(kills, 6, 100);
    }

    [StoreFact]
    public async Task Several_machines_at_once_agree()
    {
        await OldStore.FillAsync(_store, Day, "a");
        await using var first = OldStore.Build(_store);
        var tables = first.Services.GetRequiredService<ITableStore>();
        await tables.InitializeAsync(default);
        await using var second = OldStore.Build(_store, OldStore.On(tables));

        await Task.WhenAll(Task.Run(() => MigratorOf(first).OpenAsync(default)), Task.Run(() => MigratorOf(second).OpenAsync(default)));

        Assert.Equal(OldStore.Key, await OldStore.FindOldKeyAsync(tables));
        Assert.Equal(OldStore.HashOf("a"), await OldStore.NewHashAsync(tables, "a"));
        await Task.WhenAll(Task.Run(() => MigrateAsync(MigratorOf(first))), Task.Run(() => MigrateAsync(MigratorOf(second))));

        Assert.Null(await OldStore.FindOldKeyAsync(tables));
        Assert.Equal(OldStore.HashOf("a"), await OldStore.NewHashAsync(tables, "a"));
    }

    [StoreFact]
    public async Task An_older_version_that_still_runs_makes_no_key_of_its_own()
    {
        await using var service = OldStore.Build(_store);
        var tables = service.Services.GetRequiredService<ITableStore>();
        await tables.InitializeAsync(default);
        await tables.UpsertAsync(EventMarks.Table, [new Row("any", "thing")]);

        await MigratorOf(service).OpenAsync(default);

        var old = await OldStore.FindOldKeyAsync(tables);
        Assert.NotNull(old);
        Assert.Equal(old, Assert.Single(await RowsAsync(tables, SecretStore.Table)).Cells[0].Reference);
    }

    [StoreFact]
    public async Task A_new_store_has_nothing_to_migrate()
    {
        await using var service = OldStore.Build(_store);

        await MigratorOf(service).OpenAsync(default);

        Assert.Empty((await MigratorOf(service).LookAsync(default)).Pending);
        Assert.Empty(await RowsAsync(service.Services.GetRequiredService<ITableStore>(), UserDays.Table));
    }

    [StoreFact]
    public async Task What_a_newer_version_has_only_prepared_can_be_used_and_what_it_has_finished_can_not()
    {
        await using var service = OldStore.Build(_store);
        await MigratorOf(service).OpenAsync(default);
        var formats = service.Services.GetRequiredService<FormatStore>();

        await formats.TryWriteAsync(new StoreFormat(8, 2), (await formats.ReadAsync(default)).ETag, default);
        await MigrateAsync(MigratorOf(service));
        await formats.TryWriteAsync(new StoreFormat(8, 7), (await formats.ReadAsync(default)).ETag, default);

        var refused = await Assert.ThrowsAsync<StartupException>(() => MigratorOf(service).OpenAsync(default));
        Assert.Equal("This store has format 7, of a newer version; this one knows those up to 2. Update the service, or restore a backup.", refused.Message);
        Assert.Equal(refused.Message, (await Assert.ThrowsAsync<StartupException>(() => MigratorOf(service).LookAsync(default))).Message);
    }

    private static Migrator MigratorOf(WebApplication service) => service.Services.GetRequiredService<Migrator>();

    private static async Task MigrateAsync(Migrator migrator)
    {
        await migrator.OpenAsync(default);
        await migrator.FinishAsync(_ => throw new InvalidOperationException("No charts have changed."), default);
    }

    private static async Task ClearAsync(ITableStore tables)
    {
        foreach (var table in (TableSchema[])[FormatStore.Table, SecretStore.Table, UserDays.Table, RollupStore.Table])
        {
            foreach (var row in await RowsAsync(tables, table))
                await tables.DeleteAsync(table, row.Partition, [row.Key]);
        }
    }

    private static async Task<List<Row>> RowsAsync(ITableStore tables, TableSchema table) => await tables.ScanAsync(table, KeyRange.All).ToListAsync();
}

public sealed class SqliteMigrationTests() : MigrationTests(new SqliteStores());

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureMigrationTests(Azurite azurite) : MigrationTests(new AzuriteStores(azurite));
