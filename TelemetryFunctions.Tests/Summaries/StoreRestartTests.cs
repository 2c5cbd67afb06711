using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries;

/// <summary>A run in whose middle the table service goes away, and the run after it is back.</summary>
public sealed class StoreRestartTests
{
    private const int Systems = 300;

    private static readonly DateTimeOffset FirstDay = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    // A call of the first day's run: while shards are read, while the registry is written, among the points.
    [AzuriteTheory]
    [InlineData(5, true)]
    [InlineData(30, false)]
    [InlineData(70, true)]
    public async Task The_summary_comes_out_the_same(int calls, bool isKilled)
    {
        using var location = new TemporaryDirectory();
        await using var azurite = new Azurite { Location = location };
        await azurite.StartAsync();
        using var tables = new AzuriteStores(azurite).New();
        var clock = new ManualClock(FirstDay);
        FailAfter? outage = null;
        await using var engine = await TestEngine.OpenAsync(tables, clock, _ => outage = new FailAfter(AzuriteStores.OpenImpatient(tables, clock)), ("Telemetry:MinimumLabelSystems", "2"));
        var reference = new ReferenceSummary(minimumAgeDays: 1, minimumLabelSystems: 2);
        for (var day = 0; day < 2; day++)
        {
            await Parallel.ForAsync(0, Systems, async (system, _) => await engine.ReceiveAsync(Report(system, day)));
            for (var system = 0; system < Systems; system++)
                reference.Add(FirstDay.AddDays(day), Report(system, day));
            clock.AdvanceTo(FirstDay.AddDays(day + 1).AddHours(1));
        }

        // Azurite saves when it is shut down, so that a kill loses nothing of the reports.
        await azurite.ShutDownAsync();
        await azurite.StartAsync();

        outage!.Arm(calls, isKilled ? azurite.StopAsync : azurite.ShutDownAsync);
        await Assert.ThrowsAnyAsync<Exception>(engine.SummarizeAsync);
        Assert.True(outage.HasHappened);
        await azurite.StartAsync();
        clock.Advance(SummaryLease.Length);
        await engine.SummarizeAsync();

        Assert.Equal(reference.Summary(), await engine.DumpAsync(PointStore.Summary));
        Assert.Equal(reference.Systems(), await engine.DumpAsync(SystemRegistry.Table));
        Assert.Equal(0, (await engine.SummarizeAsync()).Rows);
    }

    private static Report Report(int system, int day) =>
        ReportBuilder.Report(system, ("core", $"3.{system % 5}.{(system + day) % 3}"), ($"plugin{system % 7}", $"1.{day}.0"));

    /// <summary>A store that goes away in the course of some call.</summary>
    private sealed class FailAfter(ITableStore inner) : StoreWrapper(inner)
    {
        private int _left = int.MaxValue;
        private Func<Task> _fail = () => Task.CompletedTask;

        public bool HasHappened { get; private set; }

        public void Arm(int calls, Func<Task> fail) => (_fail, _left) = (fail, calls);

        public override async IAsyncEnumerable<Row> ScanAsync(
            TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await CountAsync();
            await foreach (var row in base.ScanAsync(table, range, columns, cancellation))
                yield return row;
        }

        public override async Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
        {
            await CountAsync();
            await base.UpsertAsync(table, rows, notAfter, cancellation);
        }

        public override async Task<string?> TryWriteAsync(TableSchema table, Row row, string? etag, CancellationToken cancellation = default)
        {
            await CountAsync();
            return await base.TryWriteAsync(table, row, etag, cancellation);
        }

        public override async Task<IReadOnlyList<string>?> TryWriteAsync(TableSchema table, IReadOnlyList<Row> rows, CancellationToken cancellation = default)
        {
            await CountAsync();
            return await base.TryWriteAsync(table, rows, cancellation);
        }

        private async Task CountAsync()
        {
            if (Interlocked.Decrement(ref _left) != 0)
                return;
            await _fail();
            HasHappened = true;
        }
    }
}
