using System.Globalization;
using System.IO.Compression;
using System.Net;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Export;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Export;

/// <summary><c>GET /export.zip</c>.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_has_every_chart_in_every_breakdown_as_its_own_CSV()
    {
        await using var site = await StartAsync();
        await using var zip = new ZipArchive(await site.Client.GetStreamAsync("/export.zip"));

        var index = Lines(zip.GetEntry("index.csv")!);
        Assert.Equal("file,id,title,by,unit", index[0]);
        Assert.Equal(index.Count, zip.Entries.Count);
        Assert.Contains("components/core.xyz.csv,components/core,core,xyz,systems", index);
        Assert.Contains("components/a%2F..csv.xy.csv,components/a/..csv,a/..csv,xy,systems", index);
        Assert.Contains("active-systems.csv,active-systems,Active systems,,systems", index);
        foreach (var line in index.Skip(1).Where(line => !line.Contains("..", StringComparison.Ordinal)).Select(line => line.Split(',')))
        {
            var csv = await site.GetAsync($"/charts/{line[1]}?format=csv&by={line[3]}");
            Assert.Equal(csv, Text(zip.GetEntry(line[0])!));
        }

        Assert.All(zip.Entries, entry => Assert.Equal(new DateTime(2026, 11, 20), entry.LastWriteTime.DateTime));
    }

    [Fact]
    public async Task What_waits_is_not_in_it()
    {
        await using var site = await TestSite.StartAsync(_directory, environment: "Production", settings: ["--Telemetry:MinimumAgeDays=0"]);
        await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":[{"name":"secret","version":"3.21.4"}],"online_workers":{"processes":77} }""");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
        foreach (var path in new[] { "/metrics", "/feed.atom", "/badges/components/secret.svg", "/badges/workers.svg", "/charts/workers?format=svg", "/embed/workers" })
        {
            var text = await site.GetAsync(path);
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("77", text, StringComparison.Ordinal);
        }

        await using var zip = new ZipArchive(await site.Client.GetStreamAsync("/export.zip"));
        Assert.All(zip.Entries, entry => Assert.DoesNotContain("secret", entry.FullName + Text(entry), StringComparison.Ordinal));
        Assert.All(zip.Entries, entry => Assert.DoesNotContain("77", Text(entry), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync("/charts/components/secret?format=svg")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync("/embed/components/secret")).StatusCode);
    }

    [Fact]
    public async Task Who_has_it_gets_it_not_again_until_the_next_day()
    {
        await using var site = await StartAsync();
        using var first = await site.Client.GetAsync("/export.zip");
        using var again = await SendAsync(site, HttpMethod.Get, first.Headers.ETag!.ToString());
        using var head = await SendAsync(site, HttpMethod.Head, null);

        Assert.Equal(("application/zip", "telemetry.zip"), (first.Content.Headers.ContentType!.MediaType, first.Content.Headers.ContentDisposition!.FileName));
        Assert.True(first.Headers.CacheControl is { Public: true, MaxAge: not null });
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal((HttpStatusCode.OK, first.Headers.ETag), (head.StatusCode, head.Headers.ETag));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());

        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
        using var next = await SendAsync(site, HttpMethod.Get, first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Before_the_first_day_there_are_the_charts_of_the_catalogue_without_a_line()
    {
        await using var site = await TestSite.StartAsync(_directory, environment: "Production");
        await using var zip = new ZipArchive(await site.Client.GetStreamAsync("/export.zip"));

        Assert.Equal("day\r\n", Text(zip.GetEntry("active-systems.csv")!));
        Assert.Equal(new DateTime(1980, 1, 1), zip.GetEntry("index.csv")!.LastWriteTime.DateTime);
    }

    [Theory]
    [InlineData("core", "components/core.xy.csv")]
    [InlineData("..", "components/...xy.csv")]
    [InlineData("../../etc/passwd", "components/..%2F..%2Fetc%2Fpasswd.xy.csv")]
    [InlineData("C:\\x", "components/C%3A%5Cx.xy.csv")]
    [InlineData("100%", "components/100%25.xy.csv")]
    [InlineData("ü💥", "components/ü💥.xy.csv")]
    public void A_name_is_one_segment_whatever_it_is(string name, string file) =>
        Assert.Equal(file, ExportFile.NameOf(new ChartOfSeries(new ChartId(ReportMetrics.Catalogue.Find("components")!, name), "xy")));

    [Fact]
    public void A_name_of_any_length_is_one_that_a_file_can_have()
    {
        foreach (var piece in new[] { "/", "ü", "語", "💥" })
        {
            var name = string.Concat(Enumerable.Repeat(piece, 64 / piece.Length));
            while (!TelemetryFunctions.Summaries.Accumulators.LabelText.Fits(name))
                name = name[..^piece.Length];

            var segment = ExportFile.NameOf(new ChartOfSeries(new ChartId(ReportMetrics.Catalogue.Find("components")!, name), "xyz")).Split('/')[1];
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(segment), 1, 255);
        }
    }

    private async Task<TestSite> StartAsync()
    {
        var site = await TestSite.StartAsync(_directory, environment: "Production", settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=1", "--Telemetry:MinimumNameDays=1"]);
        for (var day = 0; day < 2; day++)
        {
            await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":[{"name":"core","version":"3.21.{{day.ToString(CultureInfo.InvariantCulture)}}"},{"name":"a/..csv","version":"1.0"}],"online_workers":{"processes":3} }""");
            site.Clock.Advance(TimeSpan.FromDays(1));
        }

        await site.SummarizeAsync();
        return site;
    }

    private static Task<HttpResponseMessage> SendAsync(TestSite site, HttpMethod method, string? tag)
    {
        var request = new HttpRequestMessage(method, "/export.zip");
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return site.Client.SendAsync(request);
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static List<string> Lines(ZipArchiveEntry entry) => [.. Text(entry).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
}
