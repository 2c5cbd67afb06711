using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Adoption;

public sealed class AdoptionPageTests : IAsyncLifetime
{
    private const string Hostile = "a/<b>\"&'";

    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;

    public async Task InitializeAsync()
    {
        var file = Path.Combine(_directory, "metrics.yaml");
        await File.WriteAllTextAsync(file, "metrics:" + CatalogueText.Entry("active", "count", null) + CatalogueText.Entry("components", "versions", "components", "supported: {core: [3.21]}"));
        _site = await TestSite.StartAsync(Path.Combine(_directory, "data"), settings: [$"--Telemetry:MetricsFile={file}"]);
        foreach (var versions in new[] { "3.9.1 3.9.1", "3.9.1 3.21.4", "3.21.4 3.21.5" })
        {
            foreach (var (system, version) in versions.Split(' ').Index())
            {
                var report = ReportBuilder.Report(system, ("core", version), (Hostile, "1.0.0"));
                Assert.True((await _site.Client.PostAsync("/", new ByteArrayContent(Google.Protobuf.MessageExtensions.ToByteArray(report)))).IsSuccessStatusCode);
            }

            _site.Clock.Advance(TimeSpan.FromDays(1));
        }

        await _site.SummarizeAsync();
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_JSON_has_curves_lifetimes_and_the_share_of_what_is_supported() => Assert.Equal(
        """
        {"id":"components/core","title":"core","unit":"systems","by":"xy","through":"2026-11-20","versions":[{"version":"3.21","firstSeen":"2026-11-19","peakDay":"2026-11-20","peakValue":2,"peakShare":1,"halfLifeDays":null,"lastSeen":"2026-11-20","share":1,"isSupported":true},{"version":"3.9","firstSeen":null,"peakDay":"2026-11-18","peakValue":2,"peakShare":1,"halfLifeDays":1,"lastSeen":"2026-11-19","share":0,"isSupported":false}],"curves":[{"version":"3.21","shares":[0.5,1]}],"supported":{"versions":["3.21"],"times":[1794960000000,1795046400000,1795132800000],"shares":[0,0.5,1]}}
        """,
        await _site.GetAsync("/adoption/components/core?format=json"));

    [Fact]
    public async Task The_CSV_has_a_row_a_version() => Assert.Equal(
        "version,first seen,peak day,peak,peak share,half-life days,last seen,share,supported\r\n3.21.5,2026-11-20,2026-11-20,1,0.5,,2026-11-20,0.5,yes\r\n3.21.4,2026-11-19,2026-11-19,1,0.5,,2026-11-20,0.5,yes\r\n3.9.1,,2026-11-18,2,1,1,2026-11-19,0,no\r\n",
        await _site.GetAsync("/adoption/components/core?by=xyz&format=csv"));

    [Theory]
    [InlineData("core", true)]
    [InlineData(Hostile, false)]
    public async Task The_page_draws_what_is_known(string name, bool hasSupported)
    {
        using var response = await _site.Client.GetAsync("/adoption/components/" + Uri.EscapeDataString(name));
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(hasSupported, html.Contains("On supported versions", StringComparison.Ordinal));
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        foreach (var drawing in html.Split("<svg")[1..])
            XElement.Parse("<svg" + drawing[..(drawing.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
    }

    [Fact]
    public async Task A_client_that_has_it_is_told_so()
    {
        foreach (var format in new[] { "html", "json", "csv" })
        {
            var first = await _site.Client.GetAsync("/adoption/components/core?format=" + format);
            var request = new HttpRequestMessage(HttpMethod.Get, "/adoption/components/core?format=" + format);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

            Assert.Equal(HttpStatusCode.NotModified, (await _site.Client.SendAsync(request)).StatusCode);
        }
    }

    [Theory]
    [InlineData("", 404, "Name a chart of versions")]
    [InlineData("/active", 404, "is not one of versions")]
    [InlineData("/nonsense", 404, "There is no chart")]
    [InlineData("/components/nobody", 404, "There is no chart of \\u0022nobody\\u0022")]
    [InlineData("/components/core?by=x", 400, "it must be one of xy, xyz")]
    [InlineData("/components/core?format=svg", 400, "it must be one of html, json, csv")]
    public async Task What_can_not_be_answered_says_why(string path, int status, string detail)
    {
        using var response = await _site.Client.GetAsync("/adoption" + path);

        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Contains(detail.Replace("\\u0022", "\"", StringComparison.Ordinal), problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
