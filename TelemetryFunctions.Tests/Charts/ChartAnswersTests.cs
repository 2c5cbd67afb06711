using System.IO.Compression;
using System.Net;
using System.Text.Json;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts;

/// <summary>How charts and pages are sent: codings, tags, freshness.</summary>
public sealed class ChartAnswersTests : IDisposable
{
    private static readonly string[] Paths = ["/charts/overview", "/charts/active-systems", "/charts/components/core?by=xyz", "/", "/catalogue"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Every_coding_has_the_same_content_and_a_tag_of_its_own(string environment)
    {
        await using var site = await StartAsync(environment);
        foreach (var path in Paths)
        {
            var plain = await SendAsync(site, path, "identity");
            var brotli = await SendAsync(site, path, "br, gzip");
            var gzip = await SendAsync(site, path, "gzip");
            var content = await plain.Content.ReadAsByteArrayAsync();

            Assert.Empty(plain.Content.Headers.ContentEncoding);
            Assert.Equal(["br"], brotli.Content.Headers.ContentEncoding);
            Assert.Equal(["gzip"], gzip.Content.Headers.ContentEncoding);
            Assert.Equal(content, Read(new BrotliStream(await brotli.Content.ReadAsStreamAsync(), CompressionMode.Decompress)));
            Assert.Equal(content, Read(new GZipStream(await gzip.Content.ReadAsStreamAsync(), CompressionMode.Decompress)));
            Assert.Equal(3, new[] { plain, brotli, gzip }.Select(response => response.Headers.ETag).Distinct().Count());
            Assert.All(new[] { plain, brotli, gzip }, response => Assert.Contains("Accept-Encoding", response.Headers.Vary));
        }
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Who_has_it_gets_no_data_again(string environment)
    {
        await using var site = await StartAsync(environment);
        foreach (var path in Paths.Append("/charts").Append("/charts/workers?format=csv").Append("/charts/workers?from=2026-11-18"))
        {
            var first = await SendAsync(site, path, "br");
            var again = await SendAsync(site, path, "br", first.Headers.ETag!.ToString());

            Assert.Equal((path, HttpStatusCode.NotModified), (path, again.StatusCode));
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task A_chart_is_good_until_the_next_day_is_summarized()
    {
        await using var site = await StartAsync("Production");

        // The day that ends at midnight closes a minute later.
        site.Clock.AdvanceTo(TestSite.Noon.Date.AddDays(2).AddHours(-1));
        Assert.Equal(TimeSpan.FromMinutes(61), (await SendAsync(site, "/charts/overview", "br")).Headers.CacheControl!.MaxAge);
        Assert.True((await SendAsync(site, "/charts/workers", "br")).Headers.CacheControl!.Public);

        // What is due may be there at any moment.
        site.Clock.AdvanceTo(TestSite.Noon.Date.AddDays(2).AddMinutes(30));
        foreach (var path in new[] { "/charts/overview", "/charts/workers", "/charts/workers?format=csv" })
            Assert.Equal(TimeSpan.FromMinutes(1), (await SendAsync(site, path, "br")).Headers.CacheControl!.MaxAge);

        await site.SummarizeAsync();
        Assert.Equal("2026-11-19", (await JsonAsync(site, "/charts/overview")).GetProperty("through").GetString());
        Assert.Equal("2026-11-19", (await JsonAsync(site, "/charts/workers")).GetProperty("through").GetString());
    }

    [Fact]
    public async Task In_development_charts_change_with_every_run()
    {
        await using var site = await StartAsync("Development");
        Assert.True((await SendAsync(site, "/charts/overview", "br")).Headers.CacheControl!.NoCache);

        (await site.PostJsonAsync(Report(9, "3.22.0"))).EnsureSuccessStatusCode();
        (await site.PutAsync()).EnsureSuccessStatusCode();

        foreach (var path in new[] { "/charts/overview", "/charts/active-systems" })
        {
            var document = await JsonAsync(site, path);
            Assert.True(document.GetProperty("provisional").GetBoolean());
            Assert.Equal("2026-11-18", document.GetProperty("through").GetString());
            Assert.Equal(2, document.GetProperty("times").GetArrayLength());
        }

        (await site.PostJsonAsync(Report(10, "3.22.0"))).EnsureSuccessStatusCode();
        (await site.PutAsync()).EnsureSuccessStatusCode();
        Assert.Equal([2, 2], Values(await JsonAsync(site, "/charts/active-systems"), "systems"));
        Assert.Equal([2, 2], Values(Metric(await JsonAsync(site, "/charts/overview"), "active-systems"), "systems"));
        Assert.Contains("2026-11-19 so far", await site.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_only_days_that_are_over_are_shown()
    {
        await using (var site = await StartAsync("Development"))
        {
            (await site.PostJsonAsync(Report(9, "3.22.0"))).EnsureSuccessStatusCode();
            (await site.PutAsync()).EnsureSuccessStatusCode();
        }

        await using var production = await TestSite.StartAsync(_directory, new ManualClock(TestSite.Noon.AddDays(1)), environment: "Production");
        foreach (var path in new[] { "/charts/overview", "/charts/active-systems" })
        {
            var document = await JsonAsync(production, path);
            Assert.False(document.GetProperty("provisional").GetBoolean());
            Assert.Equal(1, document.GetProperty("times").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_site_without_a_day_says_so()
    {
        await using var site = await TestSite.StartAsync(_directory, environment: "Production");

        var overview = await JsonAsync(site, "/charts/overview");
        var chart = await JsonAsync(site, "/charts/workers");

        Assert.Equal(JsonValueKind.Null, overview.GetProperty("through").ValueKind);
        Assert.Equal(0, overview.GetProperty("times").GetArrayLength());
        Assert.Contains("workers", overview.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, chart.GetProperty("through").ValueKind);
        Assert.Equal(0, chart.GetProperty("times").GetArrayLength());
        Assert.Contains("No day has been summarized yet", await site.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync("/charts/components/core")).StatusCode);
    }

    [Fact]
    public async Task The_page_and_the_catalogue_come_under_a_strict_policy()
    {
        await using var site = await StartAsync("Production");
        foreach (var (path, policy) in new[] { ("/", ChartPageHtml.ContentSecurityPolicy), ("/catalogue", ChartPageHtml.ContentSecurityPolicyWithForm) })
        {
            var response = await SendAsync(site, path, "identity");

            Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
            Assert.Equal([$"{policy}; frame-ancestors 'none'"], response.Headers.GetValues("Content-Security-Policy"));
            Assert.True(response.Headers.CacheControl!.NoCache);
        }
    }

    [Fact]
    public async Task Without_javascript_the_last_days_are_tables_with_links_to_all_of_them()
    {
        await using var site = await StartAsync("Production");

        var html = await site.GetAsync("/");
        var tables = html[html.IndexOf("<noscript>", StringComparison.Ordinal)..html.IndexOf("</noscript>", StringComparison.Ordinal)];

        Assert.Contains("<th scope=\"row\">2026-11-18<td>2\n", tables, StringComparison.Ordinal);
        Assert.Contains("href=\"./charts/components/core?by=xyz&amp;format=csv\"", tables, StringComparison.Ordinal);
        foreach (var link in tables.Split("href=\"").Skip(1).Select(part => WebUtility.HtmlDecode(part[..part.IndexOf('"', StringComparison.Ordinal)])).Distinct())
            Assert.Equal((link, HttpStatusCode.OK), (link, (await site.Client.GetAsync(link)).StatusCode));
    }

    private async Task<TestSite> StartAsync(string environment)
    {
        var site = await TestSite.StartAsync(_directory, environment: environment, settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=1", "--Telemetry:MinimumNameDays=1"]);
        (await site.PostJsonAsync(Report(1, "3.21.4"))).EnsureSuccessStatusCode();
        (await site.PostJsonAsync(Report(2, "3.21.5"))).EnsureSuccessStatusCode();
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
        return site;
    }

    private static string Report(int system, string version) => $$"""
        {"system_id": "{{ReportBuilder.Id(system)}}", "online_workers": {"processes": {{system}}}, "components": [{"name": "core", "version": "{{version}}"}]}
        """;

    private static Task<HttpResponseMessage> SendAsync(TestSite site, string path, string acceptEncoding, string? ifNoneMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return site.Client.SendAsync(request);
    }

    private static async Task<JsonElement> JsonAsync(TestSite site, string path) => JsonDocument.Parse(await site.GetAsync(path)).RootElement;

    private static JsonElement Metric(JsonElement overview, string id) =>
        overview.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("id").GetString() == id);

    private static IEnumerable<double> Values(JsonElement chart, string label) => chart.GetProperty("series").EnumerateArray()
        .Single(series => series.GetProperty("label").GetString() == label)
        .GetProperty("values").EnumerateArray().Select(value => value.GetDouble());

    private static byte[] Read(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
