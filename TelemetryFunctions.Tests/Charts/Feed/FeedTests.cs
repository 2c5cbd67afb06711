using System.Net;
using System.ServiceModel.Syndication;
using System.Xml;
using TelemetryFunctions.Charts.Feed;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Feed;

/// <summary><c>GET /feed.atom</c>.</summary>
public sealed class FeedTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Each_week_that_is_over_is_an_entry()
    {
        await using var site = await StartAsync();
        var feed = Read(await site.GetAsync("/feed.atom"));

        // From Monday, 2026-11-09; the demo's Wednesday is in the week after.
        Assert.Equal("Acme & Sons telemetry", feed.Title.Text);
        Assert.Equal([$"{site.Client.BaseAddress}feed.atom#2026-W47", $"{site.Client.BaseAddress}feed.atom#2026-W46"], feed.Items.Select(item => item.Id));
        Assert.Equal("Week 2026-W47, 16 Nov 2026 to 22 Nov 2026", feed.Items.First().Title.Text);
        Assert.Equal(feed.LastUpdatedTime, feed.Items.First().LastUpdatedTime);
        Assert.Equal($"{site.Client.BaseAddress}?from=2026-11-16&to=2026-11-22", feed.Items.First().Links.Single().Uri.AbsoluteUri);

        var html = WebUtility.HtmlDecode(((TextSyndicationContent)feed.Items.First().Content).Text);
        Assert.Contains("<li>Active systems: 3 systems a day (+50.0% on the week before)</li>", html, StringComparison.Ordinal);
        Assert.Contains("<li>Workers: median 4</li>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("core", html, StringComparison.Ordinal);
        Assert.Contains("<li>Active systems: 2 systems a day</li>", ((TextSyndicationContent)feed.Items.Last().Content).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_addresses_are_those_at_which_it_was_asked_for()
    {
        await using var site = await StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/feed.atom") { Headers = { Host = "telemetry.example.org" } };
        request.Headers.Add("X-Forwarded-Proto", "https, http");
        var feed = Read(await (await site.Client.SendAsync(request)).Content.ReadAsStringAsync());

        Assert.Equal("https://telemetry.example.org/feed.atom", feed.Id);
        Assert.All(feed.Links, link => Assert.StartsWith("https://telemetry.example.org/", link.Uri.AbsoluteUri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_has_it_gets_it_not_again()
    {
        await using var site = await StartAsync();
        using var first = await site.Client.GetAsync("/feed.atom");
        var request = new HttpRequestMessage(HttpMethod.Get, "/feed.atom");
        request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());

        Assert.Equal("application/atom+xml", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, (await site.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Before_the_first_week_is_over_it_is_empty()
    {
        await using var site = await TestSite.StartAsync(_directory, environment: "Production");

        Assert.Empty(Read(await site.GetAsync("/feed.atom")).Items);
    }

    [Theory]
    [InlineData("2026-11-21", "2026-11-20", "")]
    [InlineData("2026-11-22", "2026-11-20", "2026-W47")]
    [InlineData("2027-01-10", "2026-12-27", "2027-W01 2026-W53 2026-W52")]
    [InlineData("2030-11-22", "2026-11-20", "2030-W46 2030-W45 2030-W44")]
    public void A_week_ends_on_Sunday_and_is_named_as_ISO_8601_has_it(string through, string first, string weeks) =>
        Assert.Equal(weeks, string.Join(' ', WeeklyNumber.Weeks(DateOnly.Parse(through, null), DateOnly.Parse(first, null), 3).Select(WeeklyNumber.NameOf)));

    private async Task<TestSite> StartAsync()
    {
        var site = await TestSite.StartAsync(
            _directory, new ManualClock(new DateTimeOffset(2026, 11, 12, 12, 0, 0, TimeSpan.Zero)), environment: "Production",
            settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=1", "--Telemetry:MinimumNameDays=1", "--Telemetry:Product=Acme & Sons"]);
        for (var day = 0; day < 13; day++)
        {
            for (var system = 1; system <= (day < 4 ? 2 : 3) && day != 5; system++)
                await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(system)}}","components":[{"name":"core","version":"3.21.4"}],"online_workers":{"processes":4} }""");
            site.Clock.Advance(TimeSpan.FromDays(1));
            await site.SummarizeAsync();
        }

        return site;
    }

    private static SyndicationFeed Read(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml));
        return SyndicationFeed.Load(reader);
    }
}
