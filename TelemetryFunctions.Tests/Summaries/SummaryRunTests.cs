using System.Net;
using System.Text.Json;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries;

/// <summary>Summarizing, from posts to charts, on the adapter of the derived class.</summary>
public abstract class SummaryRunTests(TestStores stores)
{
    private static readonly DateTimeOffset Today = TestSite.Noon.AddHours(-12);

    [StoreFact]
    public async Task Days_that_ended_while_the_service_was_down_are_summarized_at_the_next_start()
    {
        using var tables = stores.New();
        var clock = new ManualClock(TestSite.Noon);
        await using (var site = await TestSite.StartAsync(tables, clock))
        {
            await PostAsync(site, 1, "3.21.1");
            clock.Advance(TimeSpan.FromDays(1));
            await PostAsync(site, 1, "3.22.1");
            await PostAsync(site, 2, "3.22.1");
        }

        clock.SetUtcNow(Today.AddDays(3).AddHours(7));
        await using (var site = await TestSite.StartAsync(tables, clock, withTimers: true))
        {
            await UntilAsync(site, "2026-11-20");
            using var chart = JsonDocument.Parse(await site.GetAsync("/charts/active-systems"));
            Assert.Equal([1, 2, null], Values(chart, "systems"));
            using var core = JsonDocument.Parse(await site.GetAsync("/charts/components/core"));
            Assert.Equal([1, 0, null], Values(core, "3.21"));
            Assert.Equal([null, 2, null], Values(core, "3.22"));
        }
    }

    [StoreFact]
    public async Task The_midnight_run_waits_for_the_grace_and_then_counts_the_last_report()
    {
        using var tables = stores.New();
        var clock = new ManualClock(Today.AddDays(1).AddMilliseconds(-5));
        await using var site = await TestSite.StartAsync(tables, clock);
        await PostAsync(site, 1, "3.21.1");

        clock.SetUtcNow(Today.AddDays(1));
        var run = site.SummarizeAsync();
        await clock.UntilTimersAsync(1);
        Assert.False(run.IsCompleted);
        clock.Advance(Window.Grace);

        Assert.Equal(1, (await run).Rows);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await site.SummarizeAsync()).Rows);
        using var chart = JsonDocument.Parse(await site.GetAsync("/charts/active-systems"));
        Assert.Equal([1, null], Values(chart, "systems"));
    }

    [StoreFact]
    public async Task A_report_that_waited_for_the_store_over_midnight_is_counted_once_on_the_new_day()
    {
        using var tables = stores.New();
        var clock = new ManualClock(Today.AddDays(1).AddMilliseconds(-5));
        await using var site = await TestSite.StartAsync(tables, clock, wrap: store => new SlowFirstWrite(store, () => clock.SetUtcNow(Today.AddDays(1).AddMinutes(2))));

        await PostAsync(site, 1, "3.21.1");
        Assert.Equal(0, (await site.SummarizeAsync()).Rows);
        clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, (await site.SummarizeAsync()).Rows);
        Assert.Single(await site.Store.ScanAsync(ReportStore.Table, KeyRange.All).ToListAsync());
    }

    [StoreFact]
    public async Task A_version_that_changed_after_an_early_PUT_leaves_no_point()
    {
        using var tables = stores.New();
        await using var site = await TestSite.StartAsync(tables);
        await PostAsync(site, 1, "3.21.1", "rpm");
        await site.PutAsync();
        Assert.Contains("components/rpm", await site.GetAsync("/charts"), StringComparison.Ordinal);

        await PostAsync(site, 1, "3.22.0");
        await site.PutAsync();

        using var core = JsonDocument.Parse(await site.GetAsync("/charts/components/core"));
        Assert.Equal(["3.22"], core.RootElement.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("label").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync("/charts/components/rpm")).StatusCode);

        site.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await site.SummarizeAsync()).Rows);
        Assert.DoesNotContain("3.21", await site.GetAsync("/charts/components/core"), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task A_PUT_says_what_it_did_and_the_provisional_day_moves_nothing()
    {
        using var tables = stores.New();
        await using var site = await TestSite.StartAsync(tables);
        await PostAsync(site, 1, "3.21.1");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await PostAsync(site, 1, "3.21.1");

        using var answer = JsonDocument.Parse(await (await site.PutAsync()).Content.ReadAsStringAsync());

        Assert.Equal("""{"summarized":["2026-11-18"],"provisional":"2026-11-19","reports":2,"skipped":0,"expired":0,"others":{"events":0,"installs":0}}""", answer.RootElement.GetRawText());
        using var chart = JsonDocument.Parse(await site.GetAsync("/charts/active-systems"));
        Assert.True(chart.RootElement.GetProperty("provisional").GetBoolean());
        Assert.Equal("2026-11-18", chart.RootElement.GetProperty("through").GetString());
        Assert.Equal([1, 1], Values(chart, "systems"));
        Assert.Contains("\"lastSummarizedDay\":\"2026-11-18\"", await site.GetAsync("/health"), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task In_production_a_PUT_is_not_allowed_and_only_closed_days_are_drawn()
    {
        using var tables = stores.New();
        await using (var development = await TestSite.StartAsync(tables))
        {
            await PostAsync(development, 1, "3.21.1");
            await development.PutAsync();
        }

        await using var site = await TestSite.StartAsync(tables, environment: "Production");
        var put = await site.PutAsync();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, put.StatusCode);
        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST"], put.Content.Headers.Allow);
        using var chart = JsonDocument.Parse(await site.GetAsync("/charts/active-systems"));
        Assert.Equal(0, chart.RootElement.GetProperty("times").GetArrayLength());
    }

    [StoreFact]
    public async Task While_another_runner_stays_a_PUT_is_a_conflict_and_after_a_crash_it_is_not()
    {
        using var tables = stores.New();
        await using var site = await TestSite.StartAsync(tables);
        await PostAsync(site, 1, "3.21.1");
        await using (var lease = await SummaryLease.TryAcquireAsync(
            site.Service<SummaryProgressStore>(), site.Store, site.Clock, ReportSource.SourceName, CancellationToken.None))
        {
            Assert.NotNull(lease);
            var put = site.PutAsync();
            while (!put.IsCompleted)
            {
                site.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(5);
            }

            Assert.Equal(HttpStatusCode.Conflict, (await put).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await site.PutAsync()).StatusCode);
    }

    [StoreFact]
    public async Task A_report_that_can_not_be_read_is_skipped_and_the_rest_is_counted()
    {
        using var tables = stores.New();
        await using var engine = await TestEngine.OpenAsync(tables, new ManualClock(TestSite.Noon));
        await engine.ReceiveAsync(ReportBuilder.Report(1));
        Assert.True(SystemId.TryParse(ReportBuilder.Id(2), out var broken));
        await engine.Service<ReportStore>().StoreAsync(broken, [0xff, 0xff], ReportFormat.Protobuf, null, CancellationToken.None);
        engine.Clock.Advance(TimeSpan.FromDays(1));

        var result = await engine.SummarizeAsync();

        Assert.Equal((1, 1), (result.Rows, result.Skipped));
    }

    [StoreFact]
    public async Task Raw_reports_and_unseen_systems_expire()
    {
        using var tables = stores.New();
        var clock = new ManualClock(TestSite.Noon);
        await using (var engine = await TestEngine.OpenAsync(tables, clock, ("Telemetry:RawRetentionDays", "10")))
        {
            await Parallel.ForAsync(1, stores.Many + 1, async (system, _) => await engine.ReceiveAsync(ReportBuilder.Report(system, ("core", "3.21.1"))));
            for (var day = 0; day < 12; day++)
            {
                clock.Advance(TimeSpan.FromDays(1));
                await engine.ReceiveAsync(ReportBuilder.Report(1, ("core", "3.21.1")));
                await engine.SummarizeAsync();
            }

            Assert.Equal(11, (await engine.DumpAsync(ReportStore.Table)).Count);
            Assert.Single(await engine.DumpAsync(SystemRegistry.Table));
        }

        Assert.True(await tables.HoldsAsync(ReportBuilder.Id(1)));
        Assert.Null(await tables.FindAnyAsync([.. Enumerable.Range(2, stores.Many - 1).Select(ReportBuilder.Id)]));
    }

    private static async Task PostAsync(TestSite site, int system, string version, params string[] more)
    {
        var components = string.Join(',', more.Prepend("core").Select(name => $$"""{"name":"{{name}}","version":"{{version}}"}"""));
        var response = await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(system)}}","components":[{{components}}]}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static double?[] Values(JsonDocument chart, string label)
    {
        var series = chart.RootElement.GetProperty("series").EnumerateArray().Single(series => series.GetProperty("label").GetString() == label);
        return [.. series.GetProperty("values").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble())];
    }

    /// <summary>Waits for the timers' run, which nobody else can see the end of.</summary>
    private static async Task UntilAsync(TestSite site, string lastDay)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if ((await site.GetAsync("/health")).Contains($"\"lastSummarizedDay\":\"{lastDay}\"", StringComparison.Ordinal))
                return;
            await Task.Delay(50);
        }

        Assert.Fail($"{lastDay} was not summarized: {await site.GetAsync("/health")}");
    }

    /// <summary>A store that is busy when the first report comes, until time has passed.</summary>
    private sealed class SlowFirstWrite(ITableStore inner, Action pass) : StoreWrapper(inner)
    {
        private bool _passed;

        public override Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
        {
            if (!_passed && table == ReportStore.Table)
            {
                _passed = true;
                pass();
            }

            return base.UpsertAsync(table, rows, notAfter, cancellation);
        }
    }
}

public sealed class SqliteSummaryRunTests() : SummaryRunTests(new SqliteStores());

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureSummaryRunTests(Azurite azurite) : SummaryRunTests(new AzuriteStores(azurite));
