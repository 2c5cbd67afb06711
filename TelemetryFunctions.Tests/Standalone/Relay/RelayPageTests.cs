using System.Net;
using System.Text.RegularExpressions;
using TelemetryFunctions.Standalone.Relay;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Relay;

/// <summary>The page of a relay, without a script.</summary>
public sealed class RelayPageTests : IAsyncLifetime
{
    private RelaySite _site = null!;
    private HttpClient _browser = null!;

    public async Task InitializeAsync()
    {
        _site = await RelaySite.StartAsync();
        _browser = await _site.EnterAsync();
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task It_shows_what_waits_what_was_sent_what_was_refused_and_what_the_house_has()
    {
        Assert.Contains("Nothing waits", await PageAsync("/"), StringComparison.Ordinal);
        await _site.ReportAsync(1, ""","components":[{"name":"core","version":"1.0.0"},{"name":"<b>","version":"2"}]""");
        await _site.EventAsync(1, "wrong");
        await _site.RunAsync();
        await _site.ReportAsync(2, ""","components":[{"name":"core","version":"1.0.0"}]""");

        var page = WebUtility.HtmlDecode(await PageAsync("/"));

        Assert.Contains("<div><dt>Staged</dt><dd>1</dd></div>", page, StringComparison.Ordinal);
        Assert.Contains("<div><dt>Refused</dt><dd>1</dd></div>", page, StringComparison.Ordinal);
        Assert.Contains("refused: 401 Unauthorized", page, StringComparison.Ordinal);
        Assert.Contains("sent: counts on 2026-11-18", page, StringComparison.Ordinal);
        Assert.Contains("2 reported today or yesterday", page, StringComparison.Ordinal);
        Assert.Matches(@"<summary>[^<]*: core</summary>(.|\n)*?<bdi>1\.0</bdi></th><td>2</td>", page);
        Assert.DoesNotContain("<b>", await PageAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_is_shown_as_it_leaves_the_house()
    {
        await _site.ReportAsync(1, ""","components":[{"name":"core","version":"1.0.0"}]""");

        var page = WebUtility.HtmlDecode(await PageAsync($"/items/20261118-r-{ReportBuilder.Id(1)}"));

        Assert.Contains("\"version\": \"1.0.0\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync("/items/nonsense")).StatusCode);
    }

    [Fact]
    public async Task Its_buttons_lead_back_to_it()
    {
        await _site.ReportAsync(1);
        await _site.ReportAsync(2);
        Assert.Contains("Pause</button>", await PageAsync("/"), StringComparison.Ordinal);

        await PressAsync(("do", "pause"));
        Assert.Contains("paused since 2026-11-18 12:00:00", await PageAsync("/"), StringComparison.Ordinal);
        await PressAsync(("do", "drop"), ("id", $"20261118-r-{ReportBuilder.Id(1)}"));
        await PressAsync(("do", "release"));
        Assert.False(Assert.Single(await _site.ItemsAsync()).IsReleased, "Nothing was chosen, so nothing is to be sent.");
        Assert.Equal(ReportBuilder.Id(2), Assert.Single(await _site.ItemsAsync()).System);
        await PressAsync(("do", "resume"));
        Assert.Contains("Pause</button>", await PageAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_come_in_place_of_what_was_chosen_is_neither_sent_nor_dropped()
    {
        await _site.ReportAsync(1);
        await PressAsync(("do", "pause"));
        var chosen = Regex.Match(await PageAsync("/"), "name=\"id\" value=\"([^\"]+)\"").Groups[1].Value;
        await _site.ReportAsync(1, ""","components":[{"name":"core","version":"1.0.0"}]""");

        await PressAsync(("do", "release"), ("id", chosen));
        await PressAsync(("do", "drop"), ("id", chosen));
        Assert.Equal(0, (await _site.RunAsync()).Sent);

        await PressAsync(("do", "release"), ("id", Regex.Match(await PageAsync("/"), "name=\"id\" value=\"([^\"]+)\"").Groups[1].Value));
        Assert.Equal(1, (await _site.RunAsync()).Sent);
    }

    [Fact]
    public async Task A_monitor_is_told_how_it_is()
    {
        Assert.StartsWith("{\"status\":\"ok\",\"next\":\"", await _site.Client.GetStringAsync("/health"), StringComparison.Ordinal);
        using (var head = await _site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/health")))
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        _site.Part<RelayStatus>().Tell(_site.Clock.GetUtcNow(), "Connection refused");
        Assert.StartsWith("{\"status\":\"away\",", await _site.Client.GetStringAsync("/health"), StringComparison.Ordinal);
        _site.Part<RelayStatus>().Tell(_site.Clock.GetUtcNow(), null);
        await PressAsync(("do", "pause"));
        Assert.EndsWith("\"pausedSince\":\"2026-11-18T12:00:00+00:00\"}", await _site.Client.GetStringAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_not_shown_the_key_does_not_see_it()
    {
        foreach (var path in new[] { "/", "/?code=", "/?code=wrong", "/items/nonsense", "/relay" })
        {
            using var response = await _site.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }

        using var entered = await _site.Client.GetAsync(_site.Link);
        Assert.Equal((HttpStatusCode.SeeOther, "./"), (entered.StatusCode, entered.Headers.Location?.ToString()));
        Assert.EndsWith("; path=/; samesite=strict; httponly", Assert.Single(entered.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(string path)
    {
        using var response = await _browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("form-action 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>As a browser does.</summary>
    private async Task PressAsync(params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/relay") { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        request.Headers.Add("Accept", "text/html,application/xhtml+xml");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Origin", _site.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var response = await _browser.SendAsync(request);
        Assert.Equal(_site.Client.BaseAddress, response.EnsureSuccessStatusCode().RequestMessage!.RequestUri);
    }
}
