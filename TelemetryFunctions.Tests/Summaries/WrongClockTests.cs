using System.Net;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries;

/// <summary>A clock that is wrong destroys nothing, and what it did is undone once it is right.</summary>
public sealed class WrongClockTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 18, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(366)]
    public async Task What_a_clock_that_was_ahead_closed_is_counted_in_whole_once_it_is_right(int daysAhead)
    {
        using var directory = new TemporaryDirectory();
        using var straightDirectory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, environment: "Production");
        await using var straight = await TestSite.StartAsync(straightDirectory, environment: "Production");
        await LiveAsync(site, async () =>
        {
            site.Clock.SetUtcNow(TestSite.Noon.AddDays(daysAhead));
            await site.PostJsonAsync(Report(3));
            await site.SummarizeAsync();
            site.Clock.SetUtcNow(TestSite.Noon);
            await site.SummarizeAsync();
        });
        await LiveAsync(straight, () => straight.PostJsonAsync(Report(3)));

        Assert.Equal(await DumpAsync(straight), await DumpAsync(site));
        Assert.Equal(await straight.GetAsync("/charts/active-systems"), await site.GetAsync("/charts/active-systems"));
        Assert.Equal(await straight.GetAsync("/charts/overview"), await site.GetAsync("/charts/overview"));
        Assert.Contains("\"status\":\"ok\"", await site.GetAsync("/health"), StringComparison.Ordinal);
    }

    /// <remarks>By then the day on which it was begun is over, and looks as if it had been done in time.</remarks>
    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(24)]
    [InlineData(48)]
    [InlineData(96)]
    public async Task What_a_killed_run_has_taken_back_in_part_is_done_again_though_it_is_another_day(int calls)
    {
        using var directory = new TemporaryDirectory();
        using var straightDirectory = new TemporaryDirectory();
        KillableStore store = null!;
        await using var site = await TestSite.StartAsync(directory, environment: "Production", wrap: inner => store = new KillableStore(inner));
        await using var straight = await TestSite.StartAsync(straightDirectory, environment: "Production");
        await LiveAsync(site, async () =>
        {
            site.Clock.SetUtcNow(TestSite.Noon.AddDays(40));
            await site.SummarizeAsync();
            site.Clock.SetUtcNow(TestSite.Noon);
            store.KillAfter(calls, lastCallCounts: true);
            await Record.ExceptionAsync(site.SummarizeAsync);
            store.Revive();
        });
        await LiveAsync(straight, () => Task.CompletedTask);

        Assert.Equal(await DumpAsync(straight), await DumpAsync(site));
        Assert.Equal(await straight.GetAsync("/charts/active-systems"), await site.GetAsync("/charts/active-systems"));
        Assert.Contains("\"status\":\"ok\"", await site.GetAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_only_ever_ran_ahead_begins_anew()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, new ManualClock(TestSite.Noon.AddYears(1)));
        await site.PostJsonAsync(Report(1));
        site.Clock.SetUtcNow(TestSite.Noon.AddYears(1).AddDays(1));
        await site.SummarizeAsync();

        site.Clock.SetUtcNow(TestSite.Noon);
        await site.SummarizeAsync();

        Assert.Empty(await site.Store.ScanAsync(PointStore.Summary, KeyRange.All).ToListAsync());
        Assert.Empty(await site.Store.ScanAsync(SystemRegistry.Table, KeyRange.All).ToListAsync());
        site.Clock.SetUtcNow(Today.AddDays(1) + Window.Grace);
        Assert.Equal([Today], (await site.SummarizeAsync()).Windows.Select(window => window.Start));
    }

    [Fact]
    public async Task Nothing_is_removed_on_the_word_of_a_clock_that_has_just_jumped()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);
        await site.PostJsonAsync(Report(1));
        await site.SummarizeAsync();

        site.Clock.SetUtcNow(TestSite.Noon.AddDays(100));
        Assert.Equal(0, (await site.SummarizeAsync()).Expired);
        site.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, (await site.SummarizeAsync()).Expired);
        Assert.Single(await site.Store.ScanAsync(ReportStore.Table, KeyRange.All).ToListAsync());

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await site.SummarizeAsync()).Expired);
        Assert.Empty(await site.Store.ScanAsync(ReportStore.Table, KeyRange.All).ToListAsync());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task A_service_started_again_believes_the_clock_in_another_hour(int hoursLater, int expired)
    {
        using var directory = new TemporaryDirectory();
        await using (var site = await TestSite.StartAsync(directory))
        {
            await site.PostJsonAsync(Report(1));
            await site.SummarizeAsync();
        }

        var jumped = TestSite.Noon.AddDays(100);
        await using (var site = await TestSite.StartAsync(directory, new ManualClock(jumped)))
            Assert.Equal(0, (await site.SummarizeAsync()).Expired);

        await using (var site = await TestSite.StartAsync(directory, new ManualClock(jumped.AddHours(hoursLater))))
            Assert.Equal(expired, (await site.SummarizeAsync()).Expired);
    }

    [Fact]
    public async Task A_report_of_the_future_is_forgotten_too()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, new ManualClock(TestSite.Noon.AddYears(3)));
        await site.PostJsonAsync(Report(1));
        site.Clock.SetUtcNow(TestSite.Noon);
        await site.PostJsonAsync(Report(1));

        await site.Client.DeleteAsync($"/systems/{ReportBuilder.Id(1)}");

        Assert.Empty(await site.Store.ScanAsync(ReportStore.Table, KeyRange.All).ToListAsync());
    }

    [Fact]
    public async Task A_clock_that_was_never_set_is_no_day()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, new ManualClock(DateTimeOffset.UnixEpoch.AddHours(1)));

        var answer = await site.PostJsonAsync(Report(1));
        await site.Client.PostAsync("/downloads", new StringContent("""{"downloads":[{"name":"a/b","version":"1.0.0"}]}"""));
        await site.Service<ScheduledSummaries>().RunDueAsync(CancellationToken.None);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("1970-01-01", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var health = await site.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("\"status\":\"clock\"", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await site.Store.ScanAsync(ReportStore.Table, KeyRange.All).ToListAsync());
        Assert.Empty(await site.Store.ScanAsync(TelemetryFunctions.Installs.InstallStore.Table, KeyRange.All).ToListAsync());

        site.Clock.SetUtcNow(TestSite.Noon);
        Assert.Equal(HttpStatusCode.OK, (await site.PostJsonAsync(Report(1))).StatusCode);
    }

    [Fact]
    public async Task An_answer_is_kept_for_a_day_at_most_whatever_the_clock_said()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, environment: "Production");
        await site.PostJsonAsync(Report(1));
        site.Clock.SetUtcNow(TestSite.Noon.AddYears(1));
        await site.SummarizeAsync();
        site.Clock.SetUtcNow(TestSite.Noon);

        var answer = await site.Client.GetAsync("/charts/active-systems");

        Assert.True(answer.Headers.CacheControl!.MaxAge <= TimeSpan.FromDays(1) + Window.Grace, $"{answer.Headers.CacheControl}");
        Assert.Contains("\"status\":\"ahead\"", await site.GetAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_that_ends_later_than_any_can_is_stale()
    {
        using var directory = new TemporaryDirectory();
        await using var engine = await TestEngine.OpenAsync(directory, new ManualClock(TestSite.Noon));
        var progress = engine.Service<SummaryProgressStore>();
        var mark = new SummaryLeaseMark("another", "run", TestSite.Noon.AddYears(10));
        await progress.TryWriteAsync(ReportSource.SourceName, SummaryProgress.None with { Lease = mark }, null, CancellationToken.None);

        await using var lease = await SummaryLease.TryAcquireAsync(
            progress, new Shared(engine.Store), engine.Clock, ReportSource.SourceName, CancellationToken.None);

        Assert.NotNull(lease);
    }

    [Fact]
    public async Task A_first_day_that_is_not_summarized_in_time_is_late()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);
        await site.PostJsonAsync(Report(1));
        Assert.Contains("\"status\":\"ok\"", await site.GetAsync("/health"), StringComparison.Ordinal);

        site.Clock.SetUtcNow(TestSite.Noon.AddDays(1));

        Assert.Contains("\"status\":\"late\"", await site.GetAsync("/health"), StringComparison.Ordinal);
    }

    /// <summary>A day before, the first half of a day, something at noon, the second half, and the night.</summary>
    private static async Task LiveAsync(TestSite site, Func<Task> atNoon)
    {
        site.Clock.SetUtcNow(TestSite.Noon.AddDays(-1));
        await site.PostJsonAsync(Report(1));
        await site.PostJsonAsync(Report(9));
        site.Clock.SetUtcNow(Today + Window.Grace);
        await site.SummarizeAsync();
        site.Clock.SetUtcNow(TestSite.Noon.AddMinutes(-1));
        await site.PostJsonAsync(Report(1));
        site.Clock.SetUtcNow(TestSite.Noon);
        await atNoon();
        await site.PostJsonAsync(Report(2));
        site.Clock.SetUtcNow(Today.AddDays(1) + Window.Grace);
        await site.SummarizeAsync();
    }

    private static string Report(int system) => $$"""{"system_id":"{{ReportBuilder.Id(system)}}"}""";

    private static async Task<List<string>> DumpAsync(TestSite site)
    {
        var rows = new List<string>();
        foreach (var table in new[] { PointStore.Summary, PointStore.Series, SystemRegistry.Table })
        {
            await foreach (var row in site.Store.ScanAsync(table, KeyRange.All))
                rows.Add($"{table.Name} {row.Partition} {row.Key} {string.Join(' ', row.Cells.Select(cell => cell.Bits))}");
        }

        var (progress, _) = await site.Service<SummaryProgressStore>().ReadAsync(ReportSource.SourceName, CancellationToken.None);
        return [.. rows, $"{progress.First:o} {progress.Through:o}"];
    }

    /// <summary>A store that other processes may have open.</summary>
    private sealed class Shared(ITableStore inner) : StoreWrapper(inner)
    {
        public override bool IsExclusive => false;
    }
}
