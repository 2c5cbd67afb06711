using System.Net;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>A product's own JSON is a report as it stands, with a catalogue of the product.</summary>
public sealed class OwnJsonTests : IAsyncLifetime
{
    private const string Catalogue = """
        report:
          id: uuid
          forbid: [email, hostname]
        metrics:
        """;

    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;

    public async Task InitializeAsync()
    {
        var file = Path.Combine(_directory, "hub.yaml");
        await File.WriteAllTextAsync(file, Catalogue + string.Concat(
            CatalogueText.Entry("active", "count", null),
            CatalogueText.Entry("versions", "versions", "properties.version"),
            CatalogueText.Entry("installation", "count-by", "properties.installation_type", "labels: {os: Hub OS, container: Container}", "only: [Hub OS, Container]", "order: [Hub OS, Container]"),
            CatalogueText.Entry("integrations", "count-by", "properties.integrations"),
            CatalogueText.Entry("certificate", "count-by", "properties.certificate"),
            CatalogueText.Entry("states", "mean", "properties.state_count"),
            CatalogueText.Entry("users", "histogram", "properties.user_count"),
            CatalogueText.Entry("user-sizes", "histogram", "properties.user_count", "buckets: [0, 1, 3, 10]"),
            CatalogueText.Entry("state-sizes", "count-by", "properties.state_count", "format: bucket"),
            CatalogueText.Entry("automations", "sum", "properties.automation_count", "cap: 100"),
            CatalogueText.Entry("parts", "count-by", "properties.components")));
        _site = await TestSite.StartAsync(Path.Combine(_directory, "data"), settings: ["--Telemetry:MetricsFile=" + file]);
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_json_of_a_product_gives_its_charts()
    {
        await PostAsync(1, "2026.11.1", "os", """["hue", "mqtt", "hue"]""", "true", 120, 2, 7);
        await PostAsync(2, "2026.11.3", "container", """["mqtt"]""", "false", 80, 5, 500);
        await PostAsync(3, "2026.10.0", "my own", "[]", "null", 100, 5, 3);
        await _site.PutAsync();

        Assert.Equal("systems: 3", await ValuesAsync("active"));
        Assert.Equal("2026.10: 1, 2026.11: 2", await ValuesAsync("versions/Versions"));
        Assert.Equal("Hub OS: 1, Container: 1, other: 1", await ValuesAsync("installation"));
        Assert.Equal("hue: 1, mqtt: 2", await ValuesAsync("integrations"));
        Assert.Equal("no: 1, yes: 1", await ValuesAsync("certificate"));
        Assert.Equal("state_count: 100", await ValuesAsync("states"));
        Assert.Equal("2-3: 1, 4-7: 2", await ValuesAsync("users"));
        Assert.Equal("1-2: 1, 3-9: 2", await ValuesAsync("user-sizes"));
        Assert.Equal("64-127: 3", await ValuesAsync("state-sizes"));
        Assert.Equal("total: 110", await ValuesAsync("automations"));
    }

    [Fact]
    public async Task Names_of_the_schema_are_the_products_where_no_metric_reads_it()
    {
        foreach (var (i, odd) in new[] { """["a", "b"]""", "\"a\"", "7", """{"a": 1}""", "null" }.Index())
        {
            var json = $$"""{"uuid":"{{ReportBuilder.Id(i)}}","components":{{odd}},"rbac_stats":{{odd}},"onlineWorkers":{{odd}},"postgresql_version":{{odd}}}""";
            Assert.Equal(HttpStatusCode.OK, (await _site.PostJsonAsync(json)).StatusCode);
        }

        await _site.PutAsync();
        Assert.Equal("systems: 5", await ValuesAsync("active"));
        Assert.Equal("7: 1, a: 2, b: 1", await ValuesAsync("parts"));
        Assert.Contains("no JSON object", await RefusedAsync("""{"uuid":"""), StringComparison.Ordinal);
        Assert.Contains("no JSON object", await RefusedAsync("[]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_a_metric_can_not_count_are_not_counted_for_that_metric_alone()
    {
        await PostAsync(1, "2026.11.1", "os", "\"hue\"", "{}", 1, 1, 1);
        foreach (var (i, odd) in new[] { "null", "[]", "{}", "\"x\"", "-1", "1e300", "[[[[[[[[1]]]]]]]]", "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":1}}}}}", "true" }.Index())
        {
            var json = $$"""{"uuid":"{{ReportBuilder.Id(10 + i)}}","version":{{odd}},"installation_type":{{odd}},"integrations":{{odd}},"certificate":{{odd}},"state_count":{{odd}},"user_count":{{odd}},"automation_count":{{odd}}}""";
            Assert.Equal(HttpStatusCode.OK, (await _site.PostJsonAsync(json)).StatusCode);
        }

        _site.Clock.Advance(TimeSpan.FromDays(1));
        await _site.SummarizeAsync();
        using (var health = JsonDocument.Parse(await _site.GetAsync("/health")))
        {
            var unreadable = health.RootElement.GetProperty("unreadable").EnumerateObject().ToDictionary(metric => metric.Name, metric => metric.Value.GetInt32());
            Assert.Equal((7, 6), (unreadable["automations"], unreadable["states"]));
        }

        Assert.Equal("systems: 10", await ValuesAsync("active"));
        Assert.Equal("total: 101", await ValuesAsync("automations"));
        Assert.Equal("1: 1, 2147483648-4294967295: 1", await ValuesAsync("users"));
    }

    [Fact]
    public async Task The_id_is_in_the_member_that_the_catalogue_names()
    {
        Assert.Contains("no uuid", await RefusedAsync("""{"version":"1"}"""), StringComparison.Ordinal);
        Assert.Contains("uuid is not a UUID", await RefusedAsync("""{"uuid":"me"}"""), StringComparison.Ordinal);
        Assert.Contains("uuid is no text", await RefusedAsync("""{"uuid":12}"""), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""")).StatusCode);
    }

    [Theory]
    [InlineData("""{"uuid":"ID","email":"a@b.c"}""")]
    [InlineData("""{"uuid":"ID","hostname":null}""")]
    [InlineData("""{"uuid":"ID","properties":{"email":1}}""")]
    public async Task A_member_that_the_site_refuses_to_be_told_refuses_the_report(string json)
    {
        var detail = await RefusedAsync(json.Replace("ID", ReportBuilder.Id(1), StringComparison.Ordinal));

        Assert.Matches("member \"(email|hostname)\"", detail);
        Assert.Contains("\"reports\":0", await (await _site.PutAsync()).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Protobuf_has_properties_too()
    {
        var report = ReportBuilder.Report(1);
        report.Properties = new Struct { Fields = { ["version"] = Value.ForString("2026.11.1"), ["integrations"] = Value.ForList(Value.ForString("hue")) } };
        Assert.True((await _site.Client.PostAsync("/", new ByteArrayContent(report.ToByteArray()))).IsSuccessStatusCode);
        await _site.PutAsync();

        Assert.Equal("hue: 1", await ValuesAsync("integrations"));
        report.Properties.Fields["email"] = Value.ForString("a@b.c");
        Assert.Equal(HttpStatusCode.BadRequest, (await _site.Client.PostAsync("/", new ByteArrayContent(report.ToByteArray()))).StatusCode);
    }

    private async Task PostAsync(int system, string version, string installation, string integrations, string certificate, int states, int users, int automations)
    {
        var json = $$"""{"uuid":"{{ReportBuilder.Id(system)}}","version":"{{version}}","installation_type":"{{installation}}","integrations":{{integrations}},"certificate":{{certificate}},"state_count":{{states}},"user_count":{{users}},"automation_count":{{automations}},"country":"NL"}""";
        Assert.Equal(HttpStatusCode.OK, (await _site.PostJsonAsync(json)).StatusCode);
    }

    private async Task<string> RefusedAsync(string json)
    {
        var response = await _site.PostJsonAsync(json);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("detail").GetString()!;
    }

    private Task<string> ValuesAsync(string chart) => _site.ValuesAsync(chart);
}
