using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries;

/// <summary>
/// A run that is killed at any call to the store, any number of times, and then finished gives what one that was never
/// killed gives, and that is what follows straight from the reports.
/// </summary>
public abstract class KilledRunTests(TestStores stores)
{
    private const int Systems = 60;
    private const int Days = 3;

    private static readonly DateTimeOffset FirstDay = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    protected async Task KillAndFinishAsync(int seed)
    {
        var random = new Random(seed);
        using var tables = stores.New();
        var clock = new ManualClock(FirstDay);
        await using var engine = await TestEngine.OpenAsync(tables, clock, ("Telemetry:MinimumLabelSystems", "2"));
        var reference = new ReferenceSummary(minimumAgeDays: 1, minimumLabelSystems: 2);
        await ReceiveAsync(engine, reference, random);

        for (var kills = random.Next(1, 6); kills > 0; kills--)
        {
            engine.Store.KillAfter(random.Next(350), lastCallCounts: random.Next(2) == 0);
            var error = await Record.ExceptionAsync(engine.SummarizeAsync);
            Assert.True(error is null or KilledException or OperationCanceledException, error?.ToString());
            engine.Store.Revive();
            clock.Advance(SummaryLease.Length);
        }

        await engine.SummarizeAsync();

        Assert.Equal(reference.Summary(), await engine.DumpAsync(PointStore.Summary));
        Assert.Equal(reference.Systems(), await engine.DumpAsync(SystemRegistry.Table));
        Assert.Equal(0, (await engine.SummarizeAsync()).Rows);
    }

    private static async Task ReceiveAsync(TestEngine engine, ReferenceSummary reference, Random random)
    {
        for (var day = 0; day < Days; day++)
        {
            var start = FirstDay.AddDays(day);
            engine.Clock.AdvanceTo(start.AddHours(1));
            for (var i = 0; i < Systems * 3 / 2; i++)
            {
                var report = RandomReport(random);
                await engine.ReceiveAsync(report);
                reference.Add(start, report);
            }
        }

        engine.Clock.AdvanceTo(FirstDay.AddDays(Days).AddHours(1));
    }

    private static Report RandomReport(Random random)
    {
        var report = ReportBuilder.Report(
            random.Next(Systems),
            [.. Enumerable.Range(0, random.Next(5)).Select(_ => ($"c{random.Next(6)}", $"3.{random.Next(4)}.{random.Next(3)}"))]);
        if (random.Next(3) > 0)
            report.OnlineWorkers = new ProcessStats { Processes = (uint)random.Next(20) };
        if (random.Next(3) == 0)
            report.OnlineContentApps = new ProcessStats { Processes = (uint)random.Next(9), Hosts = (uint)random.Next(3) };
        return report;
    }
}

public sealed class SqliteKilledRunTests() : KilledRunTests(new SqliteStores())
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task A_killed_run_leaves_no_trace(int seed) => KillAndFinishAsync(seed);
}

[Collection(AzuriteCollection.Name)]
public sealed class AzureKilledRunTests(Azurite azurite) : KilledRunTests(new AzuriteStores(azurite))
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [AzuriteTheory]
    [MemberData(nameof(Seeds))]
    public Task A_killed_run_leaves_no_trace(int seed) => KillAndFinishAsync(seed);
}
