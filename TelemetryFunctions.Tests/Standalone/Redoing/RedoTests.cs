using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Redoing;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Redoing;

/// <summary>Days that are done again are what they had been, had they been done right from the start, on the adapter of the derived class.</summary>
public abstract class RedoTests(TestStores stores)
{
    private const string Rules = """
        exclude:
          - {id: pipeline, because: Builds of ours., field: components, starts-with: [3.0]}
          - {id: fresh, because: Tests., field: components, starts-with: [3.1], younger-than: 2}

        """;

    private const int Days = 5;

    private static readonly DateTimeOffset FirstDay = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);

    [StoreFact]
    public async Task Reports_that_came_after_their_day_was_closed_are_counted_as_if_they_had_come_before()
    {
        var reports = RandomReports(1);
        using var tables = stores.New();
        using var straightTables = stores.New();
        await using var site = await StartAsync(tables);
        await using var straight = await StartAsync(straightTables);
        for (var day = 0; day < Days; day++)
        {
            await SendAsync(straight, day, reports);
            await SendAsync(site, day, reports.Where(report => !report.IsLate));
            await CloseAsync(straight, day);
            await CloseAsync(site, day);
        }

        for (var day = 0; day < Days; day++)
            await SendAsync(site, day, reports.Where(report => report.IsLate));
        await CloseAsync(site, Days - 1);
        Assert.NotEqual(await DumpAsync(straight), await DumpAsync(site));

        var plan = await RedoOf(site).RunAsync(new RedoChoice(FirstDay, null, false), CancellationToken.None);

        Assert.Equal(Days, plan.Days.Count(day => day.Reports > 0));
        Assert.Equal(await DumpAsync(straight), await DumpAsync(site));
        foreach (var chart in new[] { "/charts", "/charts/overview", "/charts/active-systems", "/charts/components/core" })
            Assert.Equal(await straight.GetAsync(chart), await site.GetAsync(chart));
    }

    [StoreFact]
    public async Task Rules_of_what_does_not_count_are_as_if_they_had_always_been_there_or_never()
    {
        var reports = RandomReports(2);
        using var files = new TemporaryDirectory();
        var rules = Path.Combine(files, "metrics.yaml");
        await File.WriteAllTextAsync(rules, Rules + ReportMetrics.ReadText(new ConfigurationManager()));
        var list = Path.Combine(files, "systems.txt");
        await File.WriteAllTextAsync(list, ReportBuilder.Id(3));
        string[] excluding = [$"--Telemetry:MetricsFile={rules}", $"--Telemetry:ExcludedSystemsFile={list}"];
        using var tables = stores.New();
        using var otherTables = stores.New();
        var all = await LiveAsync(tables, reports);
        var some = await LiveAsync(otherTables, reports, excluding);
        Assert.NotEqual(all, some);

        Assert.Equal(some, await RedoAsync(tables, excluding));
        Assert.Equal(all, await RedoAsync(otherTables));
    }

    [StoreFact]
    public async Task Names_have_a_chart_from_the_day_on_from_which_they_had_one()
    {
        using var files = new TemporaryDirectory();
        var rules = Path.Combine(files, "metrics.yaml");
        await File.WriteAllTextAsync(rules, Rules + ReportMetrics.ReadText(new ConfigurationManager()));
        string[] all = ["--Telemetry:MinimumNameDays=2"];
        string[] some = [.. all, $"--Telemetry:MetricsFile={rules}"];
        var random = new Random(1);
        var reports = Enumerable.Range(0, 40)
            .Select(_ => (System: random.Next(1, 9), Day: random.Next(Days), Name: $"name-{random.Next(5)}", Version: $"3.{random.Next(3)}.0"))
            .DistinctBy(report => (report.System, report.Day))
            .ToList();
        using var tables = stores.New();
        using var otherTables = stores.New();
        var (before, wanted) = (await LiveAsync(tables, all), await LiveAsync(otherTables, some));
        Assert.NotEqual(before, wanted);

        Assert.Equal(wanted, await AgainAsync(tables, some));
        Assert.Equal(before, await AgainAsync(otherTables, all));
        for (var day = 0; day < Days; day++)
            Assert.Equal(before, await AgainAsync(otherTables, all, day));

        async Task<List<string>> LiveAsync(TestStore store, string[] settings)
        {
            await using var site = await StartAsync(store, settings);
            for (var day = 0; day < Days; day++)
            {
                site.Clock.SetUtcNow(FirstDay.AddDays(day).AddHours(12));
                foreach (var report in reports.Where(report => report.Day == day))
                    await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(report.System)}}","components":[{"name":"{{report.Name}}","version":"{{report.Version}}"}]}""");
                await CloseAsync(site, day);
            }

            return await SeriesAsync(site);
        }

        // Killed here and there before it comes to its end.
        static async Task<List<string>> AgainAsync(TestStore store, string[] settings, int? day = null)
        {
            KillableStore? mortal = null;
            await using var site = await StartAsync(store, tables => mortal = new KillableStore(tables), settings);
            site.Clock.SetUtcNow(FirstDay.AddDays(Days).AddHours(1));
            var choice = new RedoChoice(FirstDay.AddDays(day ?? 0), day is { } only ? FirstDay.AddDays(only) : null, false);
            foreach (var calls in day is null ? [40, 150, 400, 700] : (int[])[])
            {
                mortal!.KillAfter(calls, lastCallCounts: true);
                await Record.ExceptionAsync(() => RedoOf(site).RunAsync(choice, CancellationToken.None));
                mortal.Revive();
                site.Clock.Advance(SummaryLease.Length);
            }

            await RedoOf(site).RunAsync(choice, CancellationToken.None);
            return await SeriesAsync(site);
        }

        static async Task<List<string>> SeriesAsync(TestSite site) =>
        [
            .. await DumpAsync(site),
            .. await site.Store.ScanAsync(PointStore.Series, KeyRange.All).Select(row => $"{row.Partition} {row.Key} {string.Join(' ', row.Cells.Select(cell => cell.Bits))}").ToListAsync(),
            await site.GetAsync("/charts"),
        ];
    }

    [StoreFact]
    public async Task What_can_not_be_done_again_stays_as_it_is_and_charts_and_a_dry_run_say_so()
    {
        using var tables = stores.New();
        await using var site = await StartAsync(tables, "--Telemetry:RawRetentionDays=2");
        for (var day = 0; day < Days; day++)
        {
            await SendAsync(site, day, [(1, day, "3.1.0", false)]);
            await CloseAsync(site, day);
        }

        await site.Service<ImportedWindows>().AddAsync("reports", new WindowSpan(FirstDay.AddDays(3), FirstDay.AddDays(4)), CancellationToken.None);
        var before = await DumpAsync(site);
        var planned = await RedoOf(site).PlanAsync(new RedoChoice(DateTimeOffset.MinValue, null, false), CancellationToken.None);
        var done = await RedoOf(site).RunAsync(new RedoChoice(FirstDay, null, false), CancellationToken.None);

        RedoRefusal[] refusals = [RedoRefusal.Expired, RedoRefusal.Expired, RedoRefusal.Expired, RedoRefusal.Imported, RedoRefusal.None];
        Assert.Equal(refusals, planned.Days.Select(day => day.Refusal));
        Assert.Equal(refusals, done.Days.Select(day => day.Refusal));
        Assert.Equal(before, await DumpAsync(site));
        foreach (var chart in new[] { "/charts/active-systems", "/charts/overview" })
            Assert.Contains("\"marks\":[{\"day\":\"2026-11-18\",\"kind\":\"kept\",\"days\":3}]", await site.GetAsync(chart), StringComparison.Ordinal);
        Assert.Contains("18 Nov 2026: 3 days up to here could not be summarized again", await site.GetAsync("/charts/active-systems?format=svg"), StringComparison.Ordinal);
        await RedoOf(site).RunAsync(new RedoChoice(FirstDay, null, false) { WithoutMarks = true }, CancellationToken.None);
        Assert.DoesNotContain("marks", await site.GetAsync("/charts/active-systems"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<StartupException>(() => RedoOf(site).PlanAsync(new RedoChoice(FirstDay.AddDays(Days), null, false), CancellationToken.None));
        await Assert.ThrowsAsync<StartupException>(() => RedoOf(site).PlanAsync(new RedoChoice(DateTimeOffset.MinValue, FirstDay.AddDays(-1), false), CancellationToken.None));
    }

    [StoreFact]
    public async Task Imported_days_that_are_done_again_are_the_services_own()
    {
        using var tables = stores.New();
        await using var site = await StartAsync(tables);
        for (var day = 0; day < Days; day++)
        {
            await SendAsync(site, day, [(1, day, "3.1.0", false)]);
            await CloseAsync(site, day);
        }

        var imported = site.Service<ImportedWindows>();
        await imported.AddAsync("reports", new WindowSpan(FirstDay, FirstDay.AddDays(4)), CancellationToken.None);
        await imported.AddAsync("reports", new WindowSpan(FirstDay.AddDays(3), FirstDay.AddDays(5)), CancellationToken.None);
        await RedoOf(site).RunAsync(new RedoChoice(FirstDay.AddDays(2), FirstDay.AddDays(2), WithImported: true), CancellationToken.None);
        Assert.Equal(
            [new WindowSpan(FirstDay, FirstDay.AddDays(2)), new WindowSpan(FirstDay.AddDays(3), FirstDay.AddDays(5))],
            await imported.ReadAsync("reports", CancellationToken.None));

        await RedoOf(site).RunAsync(new RedoChoice(FirstDay, FirstDay.AddDays(1), WithImported: true), CancellationToken.None);

        var plan = await RedoOf(site).PlanAsync(new RedoChoice(FirstDay, null, WithImported: false), CancellationToken.None);
        Assert.Equal([FirstDay.AddDays(3), FirstDay.AddDays(4)], plan.Days.Where(day => day.Refusal == RedoRefusal.Imported).Select(day => day.Day.Start));
    }

    private static List<(int System, int Day, string Version, bool IsLate)> RandomReports(int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, 60)
            .Select(_ => (System: random.Next(1, 12), Day: random.Next(Days), Version: $"3.{random.Next(4)}.0", IsLate: random.Next(3) == 0))
            .DistinctBy(report => (report.System, report.Day))
            .ToList();
    }

    /// <summary>Days of a site, and what comes of them.</summary>
    private static async Task<List<string>> LiveAsync(TestStore tables, IReadOnlyList<(int System, int Day, string Version, bool IsLate)> reports, params string[] settings)
    {
        await using var site = await StartAsync(tables, settings);
        for (var day = 0; day < Days; day++)
        {
            await SendAsync(site, day, reports);
            await CloseAsync(site, day);
        }

        return await DumpAsync(site);
    }

    /// <summary>What comes of the days when they are done again with other settings.</summary>
    private static async Task<List<string>> RedoAsync(TestStore tables, params string[] settings)
    {
        await using var site = await StartAsync(tables, settings);
        site.Clock.SetUtcNow(FirstDay.AddDays(Days).AddHours(1));
        var plan = await RedoOf(site).RunAsync(new RedoChoice(FirstDay, null, false), CancellationToken.None);
        Assert.Equal(settings.Length > 0, plan.Days.Sum(day => day.Excluded) > 0);
        return await DumpAsync(site);
    }

    private static Task<TestSite> StartAsync(TestStore tables, params string[] settings) => StartAsync(tables, null, settings);

    private static Task<TestSite> StartAsync(TestStore tables, Func<ITableStore, ITableStore>? wrap, string[] settings) => TestSite.StartAsync(
        tables, new ManualClock(FirstDay), environment: "Production", wrap: wrap,
        settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=2", "--Telemetry:MinimumNameDays=1", .. settings]);

    private static DayRedo RedoOf(TestSite site) => ActivatorUtilities.CreateInstance<DayRedo>(site.Service<IServiceProvider>());

    private static async Task SendAsync(TestSite site, int day, IEnumerable<(int System, int Day, string Version, bool IsLate)> reports)
    {
        site.Clock.SetUtcNow(FirstDay.AddDays(day).AddHours(12));
        foreach (var report in reports.Where(report => report.Day == day))
            await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(report.System)}}","components":[{"name":"core","version":"{{report.Version}}"}]}""");
    }

    private static async Task CloseAsync(TestSite site, int day)
    {
        site.Clock.SetUtcNow(FirstDay.AddDays(day + 1).AddMinutes(2));
        await site.SummarizeAsync();
    }

    private static async Task<List<string>> DumpAsync(TestSite site) => await site.Store.ScanAsync(PointStore.Summary, KeyRange.All)
        .Select(row => $"{row.Partition} {row.Key} {string.Join(' ', row.Cells.Select(cell => cell.Number))}")
        .ToListAsync();
}

public sealed class SqliteRedoTests() : RedoTests(new SqliteStores());

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureRedoTests(Azurite azurite) : RedoTests(new AzuriteStores(azurite));
