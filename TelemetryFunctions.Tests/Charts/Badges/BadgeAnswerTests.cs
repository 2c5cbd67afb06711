using System.Net;
using System.Xml.Linq;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Badges;

/// <summary><c>GET /badges/{id}.svg</c> and <c>GET /charts/{id}?format=badge</c>.</summary>
public sealed class BadgeAnswerTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await TestSite.StartAsync(_directory, environment: "Production", settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=1", "--Telemetry:MinimumNameDays=1"]);
        await _site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":[{"name":"core","version":"3.21.4"},{"name":"a/<b>.svg","version":"1.0"},{"name":"..","version":"1.0"}],"online_workers":{"processes":3,"hosts":1} }""");
        _site.Clock.Advance(TimeSpan.FromDays(1));
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("active-systems", "Active systems", "1", "blue")]
    [InlineData("workers", "Workers", "median hosts 1, processes 3", "blue")]
    [InlineData("workers", "Workers", "mean hosts 1, processes 3", "blue", "?by=mean")]
    [InlineData("components/core", "core", "3.21 (100%)", "blue")]
    [InlineData("components/core", "core", "3.21.4 (100%)", "blue", "?by=xyz")]
    [InlineData("components/a/%3Cb%3E.svg", "a/<b>.svg", "1.0 (100%)", "blue")]
    [InlineData("components/a%2F%3Cb%3E.svg", "a/<b>.svg", "1.0 (100%)", "blue")]
    [InlineData("components/~..", "..", "1.0 (100%)", "blue")]
    [InlineData("components/nothing", "Versions", "no data yet", "lightgrey")]
    [InlineData("users", "Users", "no data yet", "lightgrey")]
    public async Task Both_forms_say_the_same(string id, string label, string message, string color, string query = "")
    {
        await _site.SummarizeAsync();
        using var json = await _site.Client.GetAsync($"/charts/{id}{(query.Length == 0 ? "?" : query + "&")}format=badge");
        using var picture = await _site.Client.GetAsync($"/badges/{id}.svg{query}");

        var escaped = label.Replace("<", "\\u003C", StringComparison.Ordinal).Replace(">", "\\u003E", StringComparison.Ordinal);
        Assert.Equal($$"""{"schemaVersion":1,"label":"{{escaped}}","message":"{{message}}","color":"{{color}}"}""", await json.Content.ReadAsStringAsync());
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType!.MediaType);
        var svg = XDocument.Parse(await picture.Content.ReadAsStringAsync()).Root!;
        Assert.Equal($"{label}: {message}", svg.Attribute("aria-label")!.Value);
        Assert.Equal([label, message], svg.Descendants(svg.Name.Namespace + "text").Select(text => text.Value));
    }

    [Fact]
    public async Task A_badge_may_be_put_up_before_the_first_day()
    {
        Assert.Equal("""{"schemaVersion":1,"label":"Active systems","message":"no data yet","color":"lightgrey"}""", await _site.GetAsync("/charts/active-systems?format=badge"));
        Assert.Contains("no data yet", await _site.GetAsync("/badges/components/core.svg"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/badges/nothing.svg", HttpStatusCode.NotFound, "no chart")]
    [InlineData("/badges/active-systems", HttpStatusCode.NotFound, "/badges/{id}.svg")]
    [InlineData("/badges", HttpStatusCode.NotFound, "/badges/{id}.svg")]
    [InlineData("/badges/workers.svg?by=nothing", HttpStatusCode.BadRequest, "one of median, mean, p5, p95")]
    [InlineData("/badges/workers.svg?from=2026-11-18", HttpStatusCode.BadRequest, "leave from and to out")]
    [InlineData("/charts/workers?format=badge&to=2026-11-18", HttpStatusCode.BadRequest, "leave from and to out")]
    public async Task What_is_no_badge_says_why(string path, HttpStatusCode status, string detail)
    {
        using var response = await _site.Client.GetAsync(path);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(detail, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_it_gets_it_not_again()
    {
        await _site.SummarizeAsync();
        foreach (var path in new[] { "/badges/active-systems.svg", "/charts/active-systems?format=badge" })
        {
            using var first = await _site.Client.GetAsync(path);
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
            using var again = await _site.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.NotNull(first.Headers.CacheControl!.MaxAge);
        }
    }
}
