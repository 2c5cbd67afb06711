using System.Net;
using System.Text.Json;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Svg;

/// <summary><c>GET /charts/{id}?format=svg</c>.</summary>
public sealed class SvgAnswerTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await TestSite.StartAsync(_directory, environment: "Production", settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=1", "--Telemetry:MinimumNameDays=1"]);
        foreach (var version in new[] { "3.21.4", "3.22.0" })
        {
            await _site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":[{"name":"core","version":"{{version}}"}],"online_workers":{"processes":3} }""");
            _site.Clock.Advance(TimeSpan.FromDays(1));
            await _site.SummarizeAsync();
        }
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task It_is_a_drawing_of_the_size_the_days_and_the_breakdown_that_were_asked_for()
    {
        using var response = await _site.Client.GetAsync("/charts/components/core?format=svg&by=xyz&width=500&height=300&from=2026-11-19&to=2026-11-30");
        var svg = await response.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "image/svg+xml"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains("viewBox=\"0 0 500 300\" width=\"500\" height=\"300\"", svg, StringComparison.Ordinal);
        Assert.Contains("3.22.0: 1", svg, StringComparison.Ordinal);
        Assert.Contains("on 19 Nov 2026", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("18 Nov", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ChartTheme.Preferred)]
    [InlineData("&theme=", ChartTheme.Preferred)]
    [InlineData("&theme=light", ChartTheme.Light)]
    [InlineData("&theme=dark", ChartTheme.Dark)]
    public async Task Its_policy_lets_nothing_but_its_own_style_be(string theme, ChartTheme expected)
    {
        using var response = await _site.Client.GetAsync("/charts/active-systems?format=svg" + theme);

        Assert.Contains(ChartStyle.Of(expected), (await response.Content.ReadAsStringAsync()).Replace("&gt;", ">", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal([ChartStyle.Policy(ChartStyle.Of(expected)) + "; frame-ancestors 'none'"], response.Headers.GetValues("Content-Security-Policy"));
    }

    [Fact]
    public async Task Who_has_it_gets_it_not_again_until_the_next_day()
    {
        const string path = "/charts/active-systems?format=svg";
        using var first = await _site.Client.GetAsync(path);
        using var again = await SendAsync(path, first.Headers.ETag!.ToString());

        Assert.True(first.Headers.CacheControl is { Public: true, MaxAge: not null });
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        _site.Clock.Advance(TimeSpan.FromDays(1));
        await _site.SummarizeAsync();
        using var next = await SendAsync(path, first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("width=239", "width is \"239\"; it must be a number of pixels from 240 to 2000.")]
    [InlineData("width=99999999999", "width is \"99999999999\"; it must be a number of pixels from 240 to 2000.")]
    [InlineData("height=-1", "height is \"-1\"; it must be a number of pixels from 120 to 1200.")]
    [InlineData("height=100%25", "height is \"100%\"; it must be a number of pixels from 120 to 1200.")]
    [InlineData("theme=black", "theme is \"black\"; it must be light or dark, and is what the reader prefers where it is left out.")]
    [InlineData("by=xy", "This chart has only one breakdown; leave by out.")]
    [InlineData("from=yesterday", "from is \"yesterday\"; it must be a day such as 2026-11-20.")]
    [InlineData("from=2026-11-20&to=2026-11-19", "from is after to.")]
    [InlineData("format=png", "format is \"png\"; it must be one of json, csv, svg, badge.")]
    public async Task What_can_not_be_drawn_is_refused_with_what_can(string query, string detail)
    {
        using var response = await _site.Client.GetAsync("/charts/active-systems?" + (query.StartsWith("format", StringComparison.Ordinal) ? "" : "format=svg&") + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(detail, problem.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task There_is_no_drawing_of_what_has_no_chart()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync("/charts/components/nothing?format=svg")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync("/charts/nothing?format=svg")).StatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(string path, string tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return _site.Client.SendAsync(request);
    }
}
