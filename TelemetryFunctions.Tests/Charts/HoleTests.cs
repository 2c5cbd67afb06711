using System.Text.Json;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts;

/// <summary>A day on which the service was down for more than half of the hours has no value; a shorter outage is a mark.</summary>
public sealed class HoleTests
{
    private const int Systems = 4;

    private static readonly DateTimeOffset FirstDay = new(2026, 11, 18, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "outage")]
    [InlineData(12, "outage")]
    [InlineData(13, "hole")]
    [InlineData(23, "hole")]
    public async Task A_day_has_a_value_unless_the_service_was_down_for_most_of_it(int hoursDown, string? kind)
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory);
        await LiveAsync(site, 0, hoursDown: 0);
        await LiveAsync(site, 1, hoursDown);
        await LiveAsync(site, 2, hoursDown: 0);
        await RunAsync(site, FirstDay.AddDays(3));

        using var chart = JsonDocument.Parse(await site.GetAsync("/charts/active-systems"));
        var value = chart.RootElement.GetProperty("series")[0].GetProperty("values")[1];
        Assert.Equal(kind == "hole" ? "null" : $"{Systems}", value.GetRawText());
        Assert.Equal(kind is null ? "" : $$"""[{"day":"2026-11-19","kind":"{{kind}}","hours":{{hoursDown}}}]""", Marks(chart));
        using var overview = JsonDocument.Parse(await site.GetAsync("/charts/overview"));
        Assert.Equal(Marks(chart), Marks(overview));
    }

    [Fact]
    public async Task A_hole_is_one_in_every_form()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory);
        await LiveAsync(site, 0, hoursDown: 0);
        await LiveAsync(site, 1, hoursDown: 20);
        await RunAsync(site, FirstDay.AddDays(2));

        Assert.Contains("2026-11-19,\r\n", await site.GetAsync("/charts/active-systems?format=csv"), StringComparison.Ordinal);
        Assert.Contains("\"message\":\"not known\"", await site.GetAsync("/charts/active-systems?format=badge"), StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^telemetry_active_systems", await site.GetAsync("/metrics"));
        var drawing = await site.GetAsync("/charts/active-systems?format=svg");
        Assert.Contains("class=\"hole\"", drawing, StringComparison.Ordinal);
        Assert.Contains("19 Nov 2026: no values: service down for 20 of 24 hours", drawing, StringComparison.Ordinal);
        using var cut = JsonDocument.Parse(await site.GetAsync("/charts/active-systems?from=2026-11-18&to=2026-11-18"));
        Assert.Equal("", Marks(cut));
    }

    [Fact]
    public async Task What_was_before_the_first_hour_of_which_anybody_took_note_is_no_outage()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory);
        await ReportAsync(site, FirstDay.AddHours(9));
        site.Clock.SetUtcNow(FirstDay.AddDays(1).AddHours(20));
        await RunAsync(site, site.Clock.GetUtcNow());
        await ReportAsync(site, site.Clock.GetUtcNow());
        for (var hour = 21; hour <= 24; hour++)
            await RunAsync(site, FirstDay.AddDays(1).AddHours(hour));

        using var chart = JsonDocument.Parse(await site.GetAsync("/charts/active-systems"));
        Assert.Equal($"[{Systems},{Systems}]", chart.RootElement.GetProperty("series")[0].GetProperty("values").GetRawText());
        Assert.Equal("", Marks(chart));
    }

    [Fact]
    public async Task Days_that_a_clock_skipped_and_took_back_are_no_holes()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory);
        await LiveAsync(site, 0, hoursDown: 0);
        await RunAsync(site, FirstDay.AddDays(30).AddHours(1));
        await LiveAsync(site, 1, hoursDown: 0);
        await RunAsync(site, FirstDay.AddDays(2));

        using var chart = JsonDocument.Parse(await site.GetAsync("/charts/active-systems"));
        Assert.Equal($"[{Systems},{Systems}]", chart.RootElement.GetProperty("series")[0].GetProperty("values").GetRawText());
        Assert.Equal("", Marks(chart));
    }

    [Fact]
    public async Task Heartbeats_go_and_outages_stay()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory, "--Telemetry:RawRetentionDays=2");
        await LiveAsync(site, 0, hoursDown: 5);
        for (var day = 1; day < 20; day++)
            await RunAsync(site, FirstDay.AddDays(day));
        var outages = site.Service<OutageStore>();
        await outages.CloseAsync(Window.Day(FirstDay), CancellationToken.None);

        Assert.Equal(new Outage(new DateOnly(2026, 11, 18), 5), (await outages.ReadAsync(CancellationToken.None))[0]);
        var oldest = await site.Store.ScanAsync(SummaryProgressStore.Table, KeyRange.Partition("heartbeat"), []).FirstAsync();
        Assert.True(string.CompareOrdinal(oldest.Key, "20261119") > 0, oldest.Key);
    }

    private static string Marks(JsonDocument document) => document.RootElement.TryGetProperty("marks", out var marks) ? marks.GetRawText() : "";

    private static Task<TestSite> StartAsync(TemporaryDirectory directory, params string[] settings) => TestSite.StartAsync(
        directory, new ManualClock(FirstDay), environment: "Production", settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=1", .. settings]);

    /// <summary>A day with reports at its beginning, after which the timers do not run for some hours.</summary>
    private static async Task LiveAsync(TestSite site, int day, int hoursDown)
    {
        await RunAsync(site, FirstDay.AddDays(day));
        await ReportAsync(site, FirstDay.AddDays(day));
        for (var hour = 1 + hoursDown; hour < 24; hour++)
            await RunAsync(site, FirstDay.AddDays(day).AddHours(hour));
    }

    private static Task RunAsync(TestSite site, DateTimeOffset hour)
    {
        site.Clock.SetUtcNow(hour.AddMinutes(5));
        return site.Service<ScheduledSummaries>().RunDueAsync(CancellationToken.None);
    }

    private static async Task ReportAsync(TestSite site, DateTimeOffset time)
    {
        site.Clock.SetUtcNow(time.AddMinutes(6));
        for (var system = 1; system <= Systems; system++)
            await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(system)}}"}""");
    }
}
