using System.IO.Compression;
using System.Net;
using System.Text.Json;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries;

/// <summary>What begins to look personal is public in no form, <c>/health</c> says so, and the rest goes on.</summary>
public sealed class LabelAuditTests : IAsyncLifetime
{
    private const string Host = "db1.corp.example.com";
    private const string Mail = "anna@example.org";

    private static readonly string Catalogue = "metrics:\n" + string.Concat(
        CatalogueText.Entry("active", "count", null),
        CatalogueText.Entry("databases", "count-by", "properties.database"),
        CatalogueText.Entry("kinds", "count-by", "properties.database", "only: [sqlite]"),
        CatalogueText.Entry("modules", "count-by", "properties.database", "audit: {allow: [host-name], because: Modules begin with a domain.}"),
        CatalogueText.Entry("plugins", "versions", "properties.plugins"));

    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;

    public async Task InitializeAsync()
    {
        var file = Path.Combine(_directory, "metrics.yaml");
        await File.WriteAllTextAsync(file, Catalogue);
        _site = await TestSite.StartAsync(Path.Combine(_directory, "data"), environment: "Production", settings: [$"--Telemetry:MetricsFile={file}", "--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumNameDays=1"]);
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task It_is_withheld_from_every_form_for_as_long_as_it_looks_so()
    {
        await DayAsync("sqlite", """{"hue":"1.0"}""");
        Assert.Equal(["active", "databases", "kinds", "modules", "plugins/hue"], await ChartsAsync());
        Assert.False((await HealthAsync()).TryGetProperty("withheld", out _));

        await DayAsync(Host, $$"""{"hue":"1.0","{{Mail}}":"1.0"}""");
        Assert.Equal(["active", "kinds", "modules", "plugins/hue"], await ChartsAsync());
        Assert.Equal("""{"databases":"host-name","plugins":"e-mail"}""", (await HealthAsync()).GetProperty("withheld").GetRawText());
        await AssertWithheldAsync("databases");
        await AssertWithheldAsync("plugins/" + Uri.EscapeDataString(Mail));
        Assert.Equal("1.0: 4", await _site.ValuesAsync("plugins/hue"));
        Assert.Equal($"sqlite: 0, {Host}: 4", string.Join(", ", (await _site.ValuesAsync("modules")).Split(", ").Reverse()));
        Assert.Equal("sqlite: null, other: 4", await _site.ValuesAsync("kinds"));

        // The allowed metric is the only place where it stands.
        foreach (var path in new[] { "/charts", "/charts/overview", "/", "/metrics", "/feed.atom" })
        {
            var page = await _site.GetAsync(path);
            Assert.DoesNotContain(Mail, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
            Assert.DoesNotContain("\"databases\"", page, StringComparison.Ordinal);
        }

        using (var zip = new ZipArchive(await (await _site.Client.GetAsync("/export.zip")).Content.ReadAsStreamAsync()))
        {
            Assert.DoesNotContain(zip.Entries, entry => entry.Name.StartsWith("databases", StringComparison.Ordinal));
            Assert.Contains(zip.Entries, entry => entry.Name.StartsWith("active", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(await _site.Store.ScanAsync(PointStore.Summary, KeyRange.All).ToListAsync(), row =>
            (row.Partition == "databases" && row.Key.EndsWith(KeyCodec.Encode(Host), StringComparison.Ordinal)) || row.Partition.Contains(KeyCodec.Encode(Mail), StringComparison.Ordinal));

        await DayAsync("sqlite", """{"hue":"1.0"}""");
        Assert.Equal(["active", "databases", "kinds", "modules", "plugins/hue"], await ChartsAsync());
        using var databases = JsonDocument.Parse(await _site.GetAsync("/charts/databases"));
        Assert.Equal("[4,null,4]", databases.RootElement.GetProperty("series")[0].GetProperty("values").GetRawText());
        Assert.False((await HealthAsync()).TryGetProperty("withheld", out _));
    }

    [Theory]
    [InlineData("audit: {allow: [hostname], because: x}", "\"hostname\" must be one of e-mail, ip-address")]
    [InlineData("audit: {allow: [host-name]}", "because: it is missing")]
    [InlineData("audit: {because: x}", "allow: it is missing")]
    [InlineData("audit: {allow: [host-name], because: x, until: 2027}", "there is no such key")]
    public void An_exception_must_name_a_rule_and_a_reason(string audit, string error)
    {
        var yaml = "metrics:\n" + CatalogueText.Entry("databases", "count-by", "properties.database", audit);

        var thrown = Assert.Throws<StartupException>(() => TelemetryFunctions.Summaries.Catalogue.CatalogueFile.Read(yaml, "metrics.yaml", TelemetryFunctions.Reports.Schema.Report.Descriptor));

        Assert.Contains(error, thrown.Message, StringComparison.Ordinal);
    }

    private async Task AssertWithheldAsync(string chart)
    {
        foreach (var path in new[] { $"/charts/{chart}", $"/charts/{chart}?format=csv", $"/charts/{chart}?format=svg", $"/charts/{chart}?from=2026-11-01", $"/embed/{chart}", $"/adoption/{chart}" })
            Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync(path)).StatusCode);

        // A badge in somebody's page says what it says of a name that too few have.
        using var badge = JsonDocument.Parse(await _site.GetAsync($"/charts/{chart}?format=badge"));
        using var nothing = JsonDocument.Parse(await _site.GetAsync("/charts/plugins/nothing?format=badge"));
        var message = nothing.RootElement.GetProperty("message").GetString()!;
        Assert.Equal(message, badge.RootElement.GetProperty("message").GetString());
        Assert.Contains(message, await _site.GetAsync($"/badges/{chart}.svg"), StringComparison.Ordinal);
    }

    private async Task DayAsync(string database, string plugins)
    {
        for (var system = 0; system < 4; system++)
            (await _site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(system)}}","database":"{{database}}","plugins":{{plugins}}}""")).EnsureSuccessStatusCode();
        _site.Clock.Advance(TimeSpan.FromDays(1));
        await _site.SummarizeAsync();
    }

    private async Task<IEnumerable<string>> ChartsAsync()
    {
        using var charts = JsonDocument.Parse(await _site.GetAsync("/charts"));
        return [.. charts.RootElement.EnumerateArray().Select(chart => chart.GetProperty("id").GetString()!)];
    }

    private async Task<JsonElement> HealthAsync() => JsonDocument.Parse(await _site.GetAsync("/health")).RootElement;
}
