using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Standalone.Relay.Desk;
using TelemetryFunctions.Standalone.Relay.Sending;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Relay;

/// <summary>What a relay does when nobody tells it to.</summary>
public sealed class RelayLoopTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 19, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_sends_within_the_hour()
    {
        await using var site = await RelaySite.StartAsync(withLoop: true);
        await site.ReportAsync(1);

        await SendsAsync(site, TimeSpan.FromMinutes(1), TestSite.Noon.AddHours(1).AddMinutes(5));

        Assert.Equal("Sent: counts on 2026-11-18", await site.StatesAsync());
    }

    [Fact]
    public async Task What_comes_in_seconds_before_midnight_counts_on_its_day()
    {
        await using var site = await RelaySite.StartAsync(withLoop: true);
        site.Clock.AdvanceTo(Midnight.AddSeconds(-5));
        await site.ReportAsync(1);

        await SendsAsync(site, TimeSpan.FromSeconds(1), Midnight.AddSeconds(30));

        Assert.Equal("Sent: counts on 2026-11-18", await site.StatesAsync());
    }

    [Fact]
    public async Task While_the_service_is_away_it_tries_again_soon_and_says_why()
    {
        await using var site = await RelaySite.StartAsync(to: new Uri("http://127.0.0.1:1/"), withLoop: true);
        await site.ReportAsync(1);
        site.Part<RelayLoop>().Wake();
        for (var tries = 0; tries < 500 && site.Part<RelayStatus>().Last.Error is null; tries++)
        {
            // Within a run it tries again as well, after a moment.
            site.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10);
        }

        Assert.Contains("Connection refused", site.Part<RelayStatus>().Last.Error, StringComparison.Ordinal);
        Assert.InRange(site.Part<RelayStatus>().Next, site.Clock.GetUtcNow(), site.Clock.GetUtcNow().AddMinutes(1));
        Assert.Equal("Staged", await site.StatesAsync());
    }

    [Fact]
    public async Task What_was_released_while_it_did_not_run_is_sent_when_it_starts()
    {
        await using var site = await RelaySite.StartAsync();
        await site.ReportAsync(1);
        await site.Part<RelayDesk>().DoAsync(new DeskForm(DeskForm.Release, RelaySelection.Staged), CancellationToken.None);

        await site.Part<RelayLoop>().StartAsync(CancellationToken.None);

        for (var tries = 0; tries < 500 && await site.StatesAsync() == "Staged"; tries++)
            await Task.Delay(10);
        Assert.Equal("Sent: counts on 2026-11-18", await site.StatesAsync());
        await site.Part<RelayLoop>().StopAsync(CancellationToken.None);
    }

    /// <summary>Lets time pass until all is sent.</summary>
    private static async Task SendsAsync(RelaySite site, TimeSpan step, DateTimeOffset until)
    {
        while ((await site.ItemsAsync()).Exists(item => item.State != RelayState.Sent) && site.Clock.GetUtcNow() < until)
        {
            site.Clock.Advance(step);
            await Task.Delay(30);
        }
    }
}
