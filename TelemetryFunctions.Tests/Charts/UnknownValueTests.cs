using System.Globalization;
using System.Net;
using System.Text.Json;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts;

/// <summary>What is not known is no number in any form that a chart is published in, least of all 0.</summary>
public sealed class UnknownValueTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;

    public async Task InitializeAsync() => _site = await TestSite.StartAsync(
        _directory, environment: "Production", settings: ["--Telemetry:MinimumLabelSystems=3", "--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumNameDays=1"]);

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_component_that_too_few_systems_have_on_a_day_has_no_value_on_it()
    {
        foreach (var systems in new[] { 3, 3, 2, 3, 0, 4 })
            await DayAsync(10, system => system < systems ? [("core", "3.21.4"), ("rare", "1.0")] : [("core", "3.21.4")]);
        await _site.SummarizeAsync();

        Assert.Equal("3.21: 10 10 10 10 10 10", await ValuesAsync("components/core"));
        Assert.Equal("1.0: 3 3 - 3 - 4", await ValuesAsync("components/rare"));
        Assert.Equal("other: - - 2 - - -", await ValuesAsync("components/other"));
        Assert.Contains("2026-11-20,\r\n", await _site.GetAsync("/charts/components/rare?format=csv"), StringComparison.Ordinal);
        using var overview = JsonDocument.Parse(await _site.GetAsync("/charts/overview"));
        var rare = overview.RootElement.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("id").GetString() == "components/rare");
        Assert.Equal("[3,3,null,3,null,4]", rare.GetProperty("series")[0].GetProperty("values").GetRawText());
    }

    [Fact]
    public async Task A_version_that_may_be_in_other_has_no_value_and_one_that_can_not_be_counts_0()
    {
        await DayAsync(6, system => [("core", system < 3 ? "1.0" : "2.0")]);
        await DayAsync(6, system => [("core", system < 2 ? "1.0" : "2.0")]);
        await DayAsync(6, _ => [("core", "2.0")]);
        await DayAsync(6, system => [("core", system < 1 ? "0.9" : "2.0")]);
        await _site.SummarizeAsync();

        Assert.Equal("1.0: 3 - 0 -, 2.0: 3 4 6 5, other: - 2 0 1", await ValuesAsync("components/core"));
    }

    [Fact]
    public async Task A_day_without_a_report_has_no_value_in_any_chart()
    {
        await DayAsync(4, _ => [("core", "1.0")]);
        _site.Clock.Advance(TimeSpan.FromDays(2));
        await DayAsync(4, _ => [("core", "1.0")]);
        _site.Clock.Advance(TimeSpan.FromDays(1));
        await _site.SummarizeAsync();

        Assert.Equal("systems: 4 - - 4 -", await ValuesAsync("active-systems"));
        using var list = JsonDocument.Parse(await _site.GetAsync("/charts"));
        foreach (var chart in list.RootElement.EnumerateArray().Select(chart => chart.GetProperty("href").GetString()!))
        {
            using var document = JsonDocument.Parse(await _site.GetAsync(chart));
            Assert.Equal(5, document.RootElement.GetProperty("times").GetArrayLength());
            foreach (var series in document.RootElement.GetProperty("series").EnumerateArray())
                Assert.All([1, 2, 4], day => Assert.Equal(JsonValueKind.Null, series.GetProperty("values")[day].ValueKind));
        }
    }

    [Fact]
    public async Task A_day_on_which_systems_reported_and_none_is_counted_yet_is_0_and_no_gap()
    {
        await using var site = await TestSite.StartAsync(
            Path.Combine(_directory, "young"), environment: "Production", settings: ["--Telemetry:MinimumLabelSystems=3", "--Telemetry:MinimumAgeDays=1"]);
        await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();

        Assert.Contains("\"values\":[0]", await site.GetAsync("/charts/active-systems"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_that_too_few_systems_ever_had_is_told_from_a_path_that_is_wrong()
    {
        await DayAsync(4, system => system < 2 ? [("rare", "1.0")] : []);
        await _site.SummarizeAsync();

        var rare = await DetailAsync("components/rare");
        Assert.Contains("fewer than 3 systems", rare, StringComparison.Ordinal);
        Assert.Equal(rare, (await DetailAsync("components/none")).Replace("none\"", "rare\"", StringComparison.Ordinal));
        Assert.DoesNotContain("fewer than", await DetailAsync("nonsense"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_few_systems_and_extremes_are_in_no_answer()
    {
        for (var system = 0; system < 6; system++)
        {
            var workers = system == 0 ? """ ,"online_workers":{"processes":5,"hosts":37},"online_content_apps":{"processes":8} """ : system < 3 ? """ ,"online_content_apps":{"processes":8} """ : "";
            await _site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(system)}}"{{workers}}}""");
        }

        _site.Clock.Advance(TimeSpan.FromDays(1));
        await _site.SummarizeAsync();

        foreach (var by in new[] { "mean", "median", "p5", "p95", "min", "max" })
            Assert.Equal("", await ValuesAsync("workers?by=" + by));
        Assert.Equal("processes: 8", await ValuesAsync("content-apps?by=mean"));
        Assert.Equal("", await ValuesAsync("content-apps?by=max"));
        Assert.DoesNotContain("37", await _site.GetAsync("/charts/overview"), StringComparison.Ordinal);
    }

    private async Task DayAsync(int systems, Func<int, (string Name, string Version)[]> components)
    {
        for (var system = 0; system < systems; system++)
        {
            var list = string.Join(',', components(system).Select(component => $$"""{"name":"{{component.Name}}","version":"{{component.Version}}"}"""));
            Assert.Equal(HttpStatusCode.OK, (await _site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(system)}}","components":[{{list}}]}""")).StatusCode);
        }

        _site.Clock.Advance(TimeSpan.FromDays(1));
    }

    /// <summary>The values of every label, such as <c>1.0: 3 - 0, other: 1 2 -</c>.</summary>
    private async Task<string> ValuesAsync(string chart)
    {
        using var document = JsonDocument.Parse(await _site.GetAsync("/charts/" + chart));
        return string.Join(", ", document.RootElement.GetProperty("series").EnumerateArray().Select(series =>
            series.GetProperty("label").GetString() + ": " + string.Join(' ', series.GetProperty("values").EnumerateArray()
                .Select(value => value.ValueKind == JsonValueKind.Null ? "-" : value.GetDouble().ToString(CultureInfo.InvariantCulture)))));
    }

    private async Task<string> DetailAsync(string chart)
    {
        var response = await _site.Client.GetAsync("/charts/" + chart);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("detail").GetString()!;
    }
}
