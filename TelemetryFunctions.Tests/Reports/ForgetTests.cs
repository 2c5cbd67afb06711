using System.Net;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>Forgetting a system, on the adapter of the derived class.</summary>
public abstract class ForgetTests(TestStores stores)
{
    [StoreFact]
    public async Task A_forgotten_system_is_nowhere_in_the_store()
    {
        using var tables = stores.New();
        var clock = new ManualClock(TestSite.Noon);
        await using var engine = await TestEngine.OpenAsync(tables, clock);
        for (var day = 0; day < 3; day++)
        {
            await Parallel.ForAsync(0, stores.Many, async (system, _) => await engine.ReceiveAsync(ReportBuilder.Report(system, ("core", $"3.21.{system % 7}"))));
            clock.Advance(TimeSpan.FromDays(1));
            await engine.SummarizeAsync();
        }

        var forgotten = Enumerable.Range(0, stores.Many).Where(system => system % 97 == 5).ToList();
        foreach (var system in forgotten)
        {
            Assert.True(await tables.HoldsAsync(ReportBuilder.Id(system)));
            Assert.True(SystemId.TryParse(ReportBuilder.Id(system), out var id));
            await engine.Service<SystemForgetter>().ForgetAsync(id, CancellationToken.None);
        }

        Assert.Equal(stores.Many - forgotten.Count, (await engine.DumpAsync(SystemRegistry.Table)).Count);
        await engine.Store.PurgeAsync();
        Assert.Null(await tables.FindAnyAsync([.. forgotten.Select(ReportBuilder.Id)]));
        Assert.True(await tables.HoldsAsync(ReportBuilder.Id(1)));
    }

    [StoreFact]
    public async Task Forgetting_answers_204_whether_or_not_the_system_existed()
    {
        using var tables = stores.New();
        await using var site = await TestSite.StartAsync(tables);
        await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""");

        foreach (var id in new[] { ReportBuilder.Id(1), ReportBuilder.Id(1), Guid.Parse(ReportBuilder.Id(2)).ToString("d").ToUpperInvariant() })
            Assert.Equal(HttpStatusCode.NoContent, (await site.Client.DeleteAsync($"/systems/{id}")).StatusCode);

        Assert.Empty(await site.Store.ScanAsync(ReportStore.Table, KeyRange.All).ToListAsync());
    }

    /// <summary>Whenever the system is forgotten in the course of a run, and wherever that run is killed, it stays forgotten.</summary>
    protected async Task ForgetDuringRunAsync(int seed)
    {
        var random = new Random(seed);
        using var tables = stores.New();
        var clock = new ManualClock(TestSite.Noon);
        ForgetDuring? during = null;
        await using var engine = await TestEngine.OpenAsync(tables, clock, store => during = new ForgetDuring(store));
        for (var system = 0; system < 30; system++)
            await engine.ReceiveAsync(ReportBuilder.Report(system, ("core", "3.21.4")));
        clock.Advance(TimeSpan.FromDays(1));

        Assert.True(SystemId.TryParse(ReportBuilder.Id(random.Next(30)), out var forgotten));
        during!.Arm(random.Next(150), () => engine.Service<SystemForgetter>().ForgetAsync(forgotten, CancellationToken.None));
        if (random.Next(2) == 0)
            engine.Store.KillAfter(random.Next(250), lastCallCounts: true);
        await Record.ExceptionAsync(engine.SummarizeAsync);
        engine.Store.Revive();
        await during.FinishAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        await engine.SummarizeAsync();
        await engine.Store.PurgeAsync();

        Assert.DoesNotContain(await engine.DumpAsync(SystemRegistry.Table), row => row.Contains(forgotten.ToString(), StringComparison.Ordinal));
        Assert.Equal(29, (await engine.DumpAsync(SystemRegistry.Table)).Count);
        Assert.False(await tables.HoldsAsync(forgotten.ToString()));
    }

    /// <summary>The run wrote the registry after the system was deleted from it, and was killed before it could take that back.</summary>
    [StoreFact]
    public async Task A_system_that_a_killed_run_brought_back_is_forgotten_by_the_next()
    {
        using var tables = stores.New();
        var clock = new ManualClock(TestSite.Noon);
        BeforeRegistryWrite? before = null;
        await using var engine = await TestEngine.OpenAsync(tables, clock, store => before = new BeforeRegistryWrite(store));
        await engine.ReceiveAsync(ReportBuilder.Report(1));
        await engine.ReceiveAsync(ReportBuilder.Report(2));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.True(SystemId.TryParse(ReportBuilder.Id(1), out var forgotten));
        before!.Action = async () =>
        {
            await engine.Service<SystemForgetter>().ForgetAsync(forgotten, CancellationToken.None);
            engine.Store.KillAfter(0, lastCallCounts: false);
        };

        Assert.NotNull(await Record.ExceptionAsync(engine.SummarizeAsync));
        engine.Store.Revive();
        Assert.Contains(await engine.DumpAsync(SystemRegistry.Table), row => row.Contains(forgotten.ToString(), StringComparison.Ordinal));
        clock.Advance(TimeSpan.FromMinutes(1));
        await engine.SummarizeAsync();

        Assert.Contains(ReportBuilder.Id(2), Assert.Single(await engine.DumpAsync(SystemRegistry.Table)), StringComparison.Ordinal);
        await engine.Store.PurgeAsync();
        Assert.False(await tables.HoldsAsync(forgotten.ToString()));
    }

    /// <summary>Does something once, when the first system is about to be written into the registry.</summary>
    private sealed class BeforeRegistryWrite(ITableStore inner) : StoreWrapper(inner)
    {
        public Func<Task>? Action { get; set; }

        public override async Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
        {
            if (table == SystemRegistry.Table && rows.Any(row => row.Key == ReportBuilder.Id(1)) && Action is { } action)
            {
                Action = null;
                await action();
            }

            await base.UpsertAsync(table, rows, notAfter, cancellation);
        }
    }

    /// <summary>Forgets a system when so many calls have been made.</summary>
    private sealed class ForgetDuring(ITableStore inner) : StoreWrapper(inner)
    {
        private int _left = int.MaxValue;
        private Func<Task>? _forget;

        public void Arm(int calls, Func<Task> forget) => (_forget, _left) = (forget, calls);

        /// <summary>Forgets now if that has not been done, or was killed: who asked for it got no answer and asks again.</summary>
        public async Task FinishAsync()
        {
            if (Interlocked.Exchange(ref _forget, null) is not { } forget)
                return;

            try
            {
                await forget();
            }
            catch (KilledException)
            {
                _forget = forget;
                throw;
            }
        }

        public override async IAsyncEnumerable<Row> ScanAsync(
            TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await CountAsync();
            await foreach (var row in base.ScanAsync(table, range, columns, cancellation))
            {
                yield return row;
                await CountAsync();
            }
        }

        public override async Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
        {
            await CountAsync();
            await base.UpsertAsync(table, rows, notAfter, cancellation);
            await CountAsync();
        }

        private Task CountAsync() => Interlocked.Decrement(ref _left) < 0 ? FinishAsync() : Task.CompletedTask;
    }
}

public sealed class SqliteForgetTests() : ForgetTests(new SqliteStores())
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task A_system_forgotten_in_the_middle_of_a_run_does_not_come_back(int seed) => ForgetDuringRunAsync(seed);
}

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureForgetTests(Azurite azurite) : ForgetTests(new AzuriteStores(azurite))
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [AzuriteTheory]
    [MemberData(nameof(Seeds))]
    public Task A_system_forgotten_in_the_middle_of_a_run_does_not_come_back(int seed) => ForgetDuringRunAsync(seed);
}
