using System.Text.Json;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Tests.Deployment;

namespace TelemetryFunctions.Tests.Documentation;

/// <summary>docs/grafana.json asks for what there is.</summary>
public sealed class GrafanaTests
{
    private const string Charts = "${site}/charts/";

    private static readonly JsonElement Dashboard = JsonDocument.Parse(Repository.Read("docs", "grafana.json")).RootElement;

    private static readonly List<JsonElement> Targets =
        [.. Dashboard.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray())];

    [Fact]
    public void Every_panel_is_of_a_chart_and_a_breakdown_that_there_are()
    {
        Assert.NotEmpty(Targets);
        foreach (var target in Targets)
        {
            var url = target.GetProperty("url").GetString()!;
            Assert.StartsWith(Charts, url, StringComparison.Ordinal);
            Assert.True(ChartId.TryParse(url[Charts.Length..], ReportMetrics.Catalogue, out var chart), url);
            Assert.All(Parameters(target), parameter => Assert.Contains(parameter.Key, (string[])["from", "to", "by"]));
            if (Parameters(target).GetValueOrDefault("by") is { } by)
                Assert.Contains(by, chart.Metric.Kind.Breakdowns);
        }
    }

    [Fact]
    public void What_it_reads_of_a_chart_is_in_its_description()
    {
        var series = JsonSerializer.SerializeToElement(
            new ChartDocument("", "", "", null, false, [1], [new ChartSeries("a", [1])]), TelemetryFunctions.Http.ApiJson.Default.ChartDocument);

        foreach (var target in Targets)
        {
            var root = target.GetProperty("root_selector").GetString()!;
            Assert.All(["times", "series"], member => Assert.True(root.Contains("." + member, StringComparison.Ordinal) && series.TryGetProperty(member, out _), member));
            Assert.All(["label", "values"], member => Assert.True(root.Contains("." + member, StringComparison.Ordinal) && series.GetProperty("series")[0].TryGetProperty(member, out _), member));
            Assert.Equal(["time", "label", "value"], target.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("selector").GetString()));
        }
    }

    [Fact]
    public void Its_variables_are_declared()
    {
        var declared = Dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => variable.GetProperty("name").GetString()).ToList();

        Assert.Equal(["datasource", "site", "component"], declared);
        Assert.Distinct(Dashboard.GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("id").GetInt32()));
    }

    private static Dictionary<string, string> Parameters(JsonElement target) => target.GetProperty("url_options").GetProperty("params").EnumerateArray()
        .ToDictionary(parameter => parameter.GetProperty("key").GetString()!, parameter => parameter.GetProperty("value").GetString()!);
}
