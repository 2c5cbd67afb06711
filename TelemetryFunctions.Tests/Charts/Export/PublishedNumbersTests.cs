using System.Net;
using System.Text.RegularExpressions;
using TelemetryFunctions.Charts.Export;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Export;

/// <summary><c>GET /metrics</c>.</summary>
public sealed partial class PublishedNumbersTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_has_the_newest_day_of_every_chart()
    {
        await using var site = await StartAsync("Production");
        var text = await site.GetAsync("/metrics");

        Assert.Contains("# HELP telemetry_active_systems How many systems are in use? In systems, on the newest day that is over.\n# TYPE telemetry_active_systems gauge\ntelemetry_active_systems{label=\"systems\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("telemetry_workers{label=\"processes\"} 3.5\n", text, StringComparison.Ordinal);
        Assert.Contains("telemetry_components{name=\"core\",label=\"3.21\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("telemetry_components{name=\"a\\\"b\\\\c\",label=\"1.0\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("telemetry_through_timestamp_seconds 1795046400\n", text, StringComparison.Ordinal);
    }

    /// <summary>Today so far is shown on the page of a development site, and is no number of a day.</summary>
    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Every_line_is_of_the_format_and_of_a_day_that_is_over(string environment)
    {
        await using var site = await StartAsync(environment);
        if (environment == "Development")
        {
            await ReportAsync(site, 3, 9);
            (await site.PutAsync()).EnsureSuccessStatusCode();
        }

        using var response = await site.Client.GetAsync("/metrics");
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n')[..^1];

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.All(lines, line => Assert.Matches(Line(), line));
        Assert.Distinct(lines.Select(line => line[..line.LastIndexOf(' ')]));
        Assert.Contains("telemetry_active_systems{label=\"systems\"} 2", lines);
    }

    [Fact]
    public async Task Who_has_it_gets_it_not_again_and_what_is_not_known_is_left_out()
    {
        await using var site = await StartAsync("Production");
        using var first = await site.Client.GetAsync("/metrics");
        var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await site.Client.SendAsync(request)).StatusCode);

        // Nobody reports on the next day.
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
        var text = await site.GetAsync("/metrics");
        Assert.DoesNotContain("telemetry_workers{", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE telemetry_workers gauge", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_means_something_to_the_format_is_escaped()
    {
        var text = new PrometheusText();
        text.Gauge("a", "one\\two\r\nthree \"four\"");
        text.Sample("a", 0.1, ("label", "one\\two\nthree \"four\""), ("name", "ü"));
        text.Sample("a", double.MaxValue);

        Assert.Equal("# HELP a one\\\\two\\nthree \"four\"\n# TYPE a gauge\na{label=\"one\\\\two\\nthree \\\"four\\\"\",name=\"ü\"} 0.1\na 1.7976931348623157E+308\n", text.ToString());
    }

    private async Task<TestSite> StartAsync(string environment)
    {
        var site = await TestSite.StartAsync(_directory, environment: environment, settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=1", "--Telemetry:MinimumNameDays=1"]);
        await ReportAsync(site, 1, 3);
        await ReportAsync(site, 2, 4, """,{"name":"a\"b\\c","version":"1.0"}""");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
        return site;
    }

    private static async Task ReportAsync(TestSite site, int system, int processes, string more = "") => (await site.PostJsonAsync(
        $$"""{"system_id":"{{ReportBuilder.Id(system)}}","components":[{"name":"core","version":"3.21.4"}{{more}}],"online_workers":{"processes":{{processes}} } }""")).EnsureSuccessStatusCode();

    [GeneratedRegex("""^(# (HELP|TYPE) telemetry_[a-z0-9_]+ .+|telemetry_[a-z0-9_]+(\{[a-z]+="([^"\\]|\\["\\n])*"(,[a-z]+="([^"\\]|\\["\\n])*")*\})? -?[0-9.E+-]+)$""")]
    private static partial Regex Line();
}
