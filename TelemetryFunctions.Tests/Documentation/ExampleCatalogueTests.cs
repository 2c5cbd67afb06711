using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Documentation;

/// <summary>Each catalogue of docs/examples makes a site, and the report beside it is taken as it is.</summary>
public sealed class ExampleCatalogueTests : IDisposable
{
    private const string Hub = "home-automation-hub";
    private const string Plugin = "minecraft-plugin";

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Repository.PathOf("docs", "examples"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file))];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_metric_reads_something_of_the_report_beside_it(string example)
    {
        await using var site = await StartAsync(example);
        await PostAsync(site, Sample(example));
        await site.PutAsync();

        using var list = JsonDocument.Parse(await site.GetAsync("/charts"));
        var charts = list.RootElement.EnumerateArray().Select(chart => chart.GetProperty("id").GetString()!).ToList();
        foreach (var metric in site.Service<MetricCatalogue>().Metrics)
        {
            var chart = charts.Find(id => id == metric.Id || id.StartsWith(metric.Id + "/", StringComparison.Ordinal));
            Assert.True(chart is not null && await site.ValuesAsync(chart) is not ("" or "other: 1"), $"{example}: {metric.Id}");
        }

        Assert.DoesNotContain("unreadable", await site.GetAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_json_of_a_home_automation_hub_gives_its_charts()
    {
        await using var site = await StartAsync(Hub);
        await PostAsync(site, Sample(Hub));
        await PostAsync(site, Variant(Hub, """
            {"uuid": "ID2", "version": "2026.11.3", "installation_type": "container", "integrations": ["mqtt", "zigbee", "mqtt"], "user_count": 1,
             "automation_count": 9000, "state_count": 100, "energy": {"configured": false}, "certificate": true, "operating_system": null}
            """));
        await PostAsync(site, Variant(Hub, """
            {"uuid": "ID3", "version": "2026.10.0", "installation_type": "snap", "integrations": ["mqtt"], "user_count": 2,
             "automation_count": 0, "state_count": 328, "certificate": null}
            """));
        await site.PutAsync();

        Assert.Equal("systems: 3", await site.ValuesAsync("active-systems"));
        Assert.Equal("2026.10: 1, 2026.11: 2", await site.ValuesAsync("versions/Hub"));
        Assert.Equal("Container: 1, Operating system: 1, other: 1", await site.ValuesAsync("installation-types"));
        Assert.Equal("generic-x86-64: 2", await site.ValuesAsync("boards"));
        Assert.Equal("backup: 1, lights: 1, met: 1, mqtt: 3, thermostat: 1, zigbee: 2", await site.ValuesAsync("integrations"));
        Assert.Equal("sqlite: 3", await site.ValuesAsync("databases"));
        Assert.Equal("1: 1, 2-3: 2", await site.ValuesAsync("users"));
        Assert.Equal("total: 5041", await site.ValuesAsync("automations"));
        Assert.Equal("state_count: 214", await site.ValuesAsync("states"));
        Assert.Equal("no: 1, yes: 2", await site.ValuesAsync("energy"));
        Assert.Equal("no: 1, yes: 1", await site.ValuesAsync("certificate"));
    }

    [Fact]
    public async Task The_json_of_a_minecraft_plugin_gives_its_charts()
    {
        await using var site = await StartAsync(Plugin);
        await PostAsync(site, Sample(Plugin));
        await PostAsync(site, Variant(Plugin, """
            {"serverUUID": "ID2", "playerAmount": 9000, "onlineMode": true, "bukkitName": "Spigot", "javaVersion": "17.0.11", "coreCount": 4,
             "service": {"id": 1, "pluginVersion": "2.3.0"}}
            """));
        await PostAsync(site, Variant(Plugin, """
            {"serverUUID": "ID3", "playerAmount": 0, "onlineMode": 0, "javaVersion": "21.0.5", "osName": "Windows",
             "service": {"id": 1, "pluginVersion": "2.2.9"}}
            """));
        await site.PutAsync();

        Assert.Equal("systems: 3", await site.ValuesAsync("active-servers"));
        Assert.Equal("total: 517", await site.ValuesAsync("players"));
        Assert.Equal("0: 1, 16-31: 1, 8192-16383: 1", await site.ValuesAsync("server-sizes"));
        Assert.Equal("Offline: 1, Online: 2", await site.ValuesAsync("online-mode"));
        Assert.Equal("2.2: 1, 2.3: 2", await site.ValuesAsync("plugin-versions/Plugin"));
        Assert.Equal("Paper: 2, Spigot: 1", await site.ValuesAsync("server-software"));
        Assert.Equal("17.0: 1, 21.0: 2", await site.ValuesAsync("java-versions/Java"));
        Assert.Equal("Linux: 2, Windows: 1", await site.ValuesAsync("operating-systems"));
        Assert.Equal("4-7: 1, 8-15: 2", await site.ValuesAsync("cores"));
    }

    [Theory]
    [InlineData(Hub, """{"latitude": 52.37}""", "latitude")]
    [InlineData(Plugin, """{"players": ["Alex"]}""", "players")]
    public async Task What_is_nobodys_business_is_refused(string example, string member, string name)
    {
        await using var site = await StartAsync(example);

        var response = await site.PostJsonAsync(Variant(example, member));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Contains($"the member \"{name}\"", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static string Sample(string example) => Repository.Read("docs", "examples", example + ".json");

    /// <summary>The sample with other members; <c>ID2</c> is the id of another system.</summary>
    private static string Variant(string example, string members)
    {
        var report = JsonNode.Parse(Sample(example))!.AsObject();
        for (var system = 2; system <= 3; system++)
            members = members.Replace($"ID{system}", ReportBuilder.Id(system), StringComparison.Ordinal);
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            report[name] = value?.DeepClone();
        return report.ToJsonString();
    }

    private static async Task PostAsync(TestSite site, string json)
    {
        var response = await site.PostJsonAsync(json);
        Assert.Equal("""{"status":"accepted"}""", await response.Content.ReadAsStringAsync());
    }

    private Task<TestSite> StartAsync(string example) => TestSite.StartAsync(
        _directory, settings: "--Telemetry:MetricsFile=" + Repository.PathOf("docs", "examples", example + ".yaml"));
}
