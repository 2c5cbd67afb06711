using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Client.Events;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client.Events;

/// <summary>A site that is down, slow, or not well.</summary>
public sealed class EventRetryTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    /// <summary>So that no request ends because a test lets time pass while it is on its way.</summary>
    private static readonly Action<TelemetryEventsOptions> Patient = options => options.RequestTimeout = TimeSpan.FromDays(1);

    private static readonly Dictionary<string, Func<HttpContext, Task>> Troubles = new()
    {
        ["408"] = SiteStandIn.Answer(408),
        ["429"] = SiteStandIn.Answer(429),
        ["500"] = SiteStandIn.Answer(500),
        ["503"] = SiteStandIn.Answer(503, "", ("Retry-After", "nonsense")),
        ["hangs up"] = SiteStandIn.HangUp,
        ["is a page of somebody else"] = SiteStandIn.Answer(200, "<html>Please log in</html>"),
    };

    public static TheoryData<string> AllTroubles => [.. Troubles.Keys];

    [Theory]
    [MemberData(nameof(AllTroubles))]
    public async Task The_same_bytes_are_sent_until_the_site_has_them(string trouble)
    {
        await using var rig = await TrackerRig.StartAsync(Patient);
        rig.Site.Next(Troubles[trouble], Troubles[trouble]);

        rig.Track(0, 100);
        var first = await rig.Site.TakeAsync();
        rig.Track(100, 150);
        var second = await rig.Site.TakeAsync(Step);
        var third = await rig.Site.TakeAsync(Step);
        await rig.CloseAsync();

        Assert.Equal(Enumerable.Range(0, 100), first.Numbers);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Body, third.Body);
        Assert.Equal(Enumerable.Range(100, 50), (await rig.Site.TakeAsync()).Numbers);
        Assert.Equal((150, 0, 0, 200), rig.Counts);
    }

    [Fact]
    public async Task A_site_that_does_not_answer_is_asked_again()
    {
        await using var rig = await TrackerRig.StartAsync();
        rig.Site.Next(SiteStandIn.Hold);

        rig.Track(0, 100);
        var first = await rig.Site.TakeAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(30));
        // The next flush, and the next try.
        await rig.Clock.UntilTimersAsync(2);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await rig.Site.TakeAsync();
        await rig.CloseAsync();

        Assert.Equal(first.Body, second.Body);
        Assert.Equal((100, 0, 0, 100), rig.Counts);
    }

    [Fact]
    public async Task A_site_that_is_down_is_found_when_it_is_up()
    {
        var port = AppProcess.FreePort();
        await using var rig = await TrackerRig.StartAsync(options => (options.Endpoint, options.RequestTimeout) = (new Uri($"http://127.0.0.1:{port}"), TimeSpan.FromDays(1)));

        rig.Track(0, 5_000);
        await rig.Clock.UntilTimersAsync(2);
        await using var site = await SiteStandIn.StartAsync(rig.Clock, port);
        await site.TakeAsync(Step);
        await rig.CloseAsync();

        Assert.Equal(Enumerable.Range(0, 5_000), site.All.SelectMany(request => request.Numbers));
        Assert.Equal((5_000, 0), (rig.Counts.Sent, rig.Counts.Dropped));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Wed, 18 Nov 2026 12:30:00 GMT", 1800)]
    [InlineData("999999", 3600)]
    public async Task It_waits_as_long_as_the_site_asks_for_up_to_an_hour(string retryAfter, int seconds)
    {
        await using var rig = await TrackerRig.StartAsync(Patient);
        rig.Site.Next(SiteStandIn.Answer(429, "", ("Retry-After", retryAfter)));

        rig.Track(0, 100);
        var first = await rig.Site.TakeAsync();
        var second = await rig.Site.TakeAsync(TimeSpan.FromSeconds(seconds / 8));

        Assert.True(second.At - first.At >= TimeSpan.FromSeconds(seconds), $"{second.At - first.At}");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(413)]
    [InlineData(302)]
    public async Task What_the_site_refuses_is_not_sent_again_but_counted_and_logged_once(int status)
    {
        await using var rig = await TrackerRig.StartAsync();
        rig.Site.Always = SiteStandIn.Answer(status, """{"detail":"It is like this."}""", ("Location", "/elsewhere"));

        rig.Track(0, 250);
        await rig.CloseAsync();

        Assert.Equal(Enumerable.Range(0, 250), rig.Site.All.SelectMany(request => request.Numbers));
        Assert.Equal((0, 0, 250, 0), rig.Counts);
        Assert.Contains("It is like this.", Assert.Single(rig.Log.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Which_events_the_site_rejects_is_logged_with_its_reasons()
    {
        await using var rig = await TrackerRig.StartAsync();
        rig.Site.Always = SiteStandIn.Answer(200, """{"accepted":1,"duplicate":1,"rejected":1,"errors":[{"index":2,"reason":"timestamp is missing."}]}""");

        rig.Track(0, 3);
        await rig.CloseAsync();

        Assert.Equal((2, 0, 1, 0), rig.Counts);
        Assert.Contains(rig.Log.GetSnapshot(), line => line.Message.Contains("2: timestamp is missing.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_three_days_the_site_would_not_take_it_any_more()
    {
        await using var rig = await TrackerRig.StartAsync(Patient);
        rig.Site.Next(async context =>
        {
            rig.Clock.SetUtcNow(rig.Clock.GetUtcNow() + TimeSpan.FromDays(3.1));
            await SiteStandIn.Answer(503)(context);
        });

        rig.Track(0, 100);
        await rig.Site.TakeAsync();
        rig.Track(100, 200);
        Assert.Equal(Enumerable.Range(100, 100), (await rig.Site.TakeAsync()).Numbers);
        await rig.CloseAsync();

        Assert.Equal((100, 100, 0, 0), rig.Counts);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_next_try()
    {
        await using var rig = await TrackerRig.StartAsync();
        rig.Site.Next(SiteStandIn.Answer(503, "", ("Retry-After", "3600")));

        rig.Track(0, 100);
        await rig.Site.TakeAsync();
        await rig.CloseAsync();

        Assert.Equal((100, 0, 0, 100), rig.Counts);
    }
}
