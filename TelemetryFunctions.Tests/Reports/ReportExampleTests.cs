using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>The report that the catalogue shows is one that systems can send.</summary>
public sealed class ReportExampleTests
{
    [Fact]
    public void With_the_shipped_catalogue_it_is_the_sample_of_the_documentation() => Assert.True(JsonNode.DeepEquals(
        JsonNode.Parse(Repository.Read("docs", "samples", "report.json")), JsonNode.Parse(ReportExample.Of(ReportMetrics.Catalogue))));

    [Theory]
    [InlineData("TelemetryFunctions/metrics.yaml")]
    [InlineData("docs/examples/home-automation-hub.yaml")]
    [InlineData("docs/examples/minecraft-plugin.yaml")]
    public async Task It_is_accepted_and_every_metric_counts_it(string file)
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, settings: "--Telemetry:MetricsFile=" + Repository.PathOf(file.Split('/')));
        var catalogue = site.Service<MetricCatalogue>();

        using var answer = await site.PostJsonAsync(ReportExample.Of(catalogue));
        Assert.Equal((HttpStatusCode.OK, """{"status":"accepted"}"""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();

        using var health = JsonDocument.Parse(await site.GetAsync("/health"));
        Assert.False(health.RootElement.TryGetProperty("unreadable", out _));
        using var charts = JsonDocument.Parse(await site.GetAsync("/charts"));
        var ids = charts.RootElement.EnumerateArray().Select(chart => chart.GetProperty("id").GetString()!.Split('/')[0]).ToHashSet();
        Assert.All(catalogue.Metrics, metric => Assert.Contains(metric.Id, ids));
        Assert.Contains(WebUtility.HtmlEncode(ReportExample.Of(catalogue))[..40], WebUtility.HtmlEncode(WebUtility.HtmlDecode(await site.GetAsync("/catalogue"))), StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_nothing_that_no_metric_reads()
    {
        const string yaml = """
            report: {id: uuid}
            metrics:
              - {id: m, title: Machines, group: G, question: Which?, personal: no, privacy: None., since: "1", status: stable, field: properties.machine.kind, kind: count-by, unit: systems, out-of: systems, shape: share, sample: [<big>, small]}
              - {id: n, title: Number, group: G, question: Which?, personal: no, privacy: None., since: "1", status: stable, field: properties.machine.cores, kind: histogram, unit: systems, out-of: systems, shape: bars, sample: [8]}
            """;

        var example = ReportExample.Of(CatalogueFile.Read(yaml, "test.yaml", Report.Descriptor));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$$"""{"uuid":"{{{ReportExample.SystemId}}}","machine":{"kind":"<big>","cores":8}}"""), JsonNode.Parse(example)), example);
        Assert.Contains("\"<big>\"", example, StringComparison.Ordinal);
    }
}
