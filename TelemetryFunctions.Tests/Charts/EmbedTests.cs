using System.Net;
using System.Text.RegularExpressions;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts;

/// <summary><c>GET /embed/{id}</c>.</summary>
public sealed partial class EmbedTests : IDisposable
{
    private const string Policy = "Content-Security-Policy";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_is_a_chart_alone_that_leads_to_the_site()
    {
        await using var site = await StartAsync();
        foreach (var (path, toSite) in new[]
        {
            ("/embed/active-systems", "../"), ("/embed/components/core?by=xyz&theme=dark", "../../"), ("/embed/components/a/%3Cb%3E", "../../../"), ("/embed/components/a%2F%3Cb%3E", "../../"),
        })
        {
            using var response = await site.Client.GetAsync(path);
            var html = await response.Content.ReadAsStringAsync();

            Assert.Equal((path, HttpStatusCode.OK, "text/html"), (path, response.StatusCode, response.Content.Headers.ContentType!.MediaType));
            Assert.Contains($"<a href=\"{toSite}\" target=\"_blank\" rel=\"noopener\"><svg ", html, StringComparison.Ordinal);
            Assert.Equal("/", new Uri(new Uri(site.Client.BaseAddress!, path), toSite).AbsolutePath);
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
            Assert.Equal(path.Contains("dark", StringComparison.Ordinal), html.Contains("content=\"dark\"", StringComparison.Ordinal));
        }
    }

    /// <summary>Nothing but what the policy names by its hash is applied.</summary>
    [Fact]
    public async Task Its_policy_allows_its_styles_and_nothing_else()
    {
        await using var site = await StartAsync();
        using var response = await site.Client.GetAsync("/embed/active-systems");
        var policy = Assert.Single(response.Headers.GetValues(Policy));

        var styles = Style().Matches(await response.Content.ReadAsStringAsync()).Select(match => match.Groups["text"].Value).ToList();
        Assert.Equal(2, styles.Count);
        Assert.All(styles, style => Assert.Contains(
            $"'sha256-{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)))}'", policy, StringComparison.Ordinal));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.EndsWith("; frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "frame-ancestors *")]
    [InlineData("self https://*.example.org", "frame-ancestors 'self' https://*.example.org")]
    public async Task The_setting_says_who_may_frame_it(string setting, string policy)
    {
        await using var site = await StartAsync($"--Telemetry:FrameAncestors={setting}");

        using var response = await site.Client.GetAsync("/embed/active-systems");

        Assert.EndsWith(policy, Assert.Single(response.Headers.GetValues(Policy)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/embed", HttpStatusCode.NotFound)]
    [InlineData("/embed/nothing", HttpStatusCode.NotFound)]
    [InlineData("/embed/components/nothing", HttpStatusCode.NotFound)]
    [InlineData("/embed/active-systems?theme=black", HttpStatusCode.BadRequest)]
    [InlineData("/embed/active-systems?from=nonsense", HttpStatusCode.BadRequest)]
    public async Task What_is_no_chart_says_so(string path, HttpStatusCode status)
    {
        await using var site = await StartAsync();

        Assert.Equal(status, (await site.Client.GetAsync(path)).StatusCode);
    }

    private async Task<TestSite> StartAsync(params string[] settings)
    {
        var site = await TestSite.StartAsync(_directory, environment: "Production", settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=1", "--Telemetry:MinimumNameDays=1", .. settings]);
        await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":[{"name":"core","version":"3.21.4"},{"name":"a/<b>","version":"1.0"}]}""");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
        return site;
    }

    [GeneratedRegex("<style>(?<text>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
