using System.Net;
using System.Text.Json;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts;

public sealed class ChartTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await TestSite.StartAsync(_directory);
        foreach (var version in new[] { "3.9.1", "3.21.4", "3.21.5" })
        {
            await _site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":[{"name":"core","version":"{{version}}"},{"name":"=cmd,\"x\"","version":"=1+1"}],"online_workers":{"processes":3} }""");
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
    public async Task A_chart_has_one_value_a_day_and_its_versions_in_their_order()
    {
        using var chart = JsonDocument.Parse(await _site.GetAsync("/charts/components/core?by=xyz"));

        Assert.Equal(
            """{"id":"components/core","title":"core","unit":"systems","through":"2026-11-20","provisional":false,"times":[1794960000000,1795046400000,1795132800000],"series":[{"label":"3.9.1","values":[1,0,0]},{"label":"3.21.4","values":[null,1,0]},{"label":"3.21.5","values":[null,null,1]}]}""",
            chart.RootElement.GetRawText());
    }

    [Fact]
    public async Task A_chart_can_be_cut_to_a_range()
    {
        using var chart = JsonDocument.Parse(await _site.GetAsync("/charts/components/core?from=2026-11-19&to=2026-11-19"));

        Assert.Equal([1795046400000], chart.RootElement.GetProperty("times").EnumerateArray().Select(time => time.GetInt64()));
        Assert.Equal([0], chart.RootElement.GetProperty("series")[0].GetProperty("values").EnumerateArray().Select(value => value.GetInt32()));
    }

    [Fact]
    public async Task A_mean_over_no_systems_has_no_value()
    {
        _site.Clock.Advance(TimeSpan.FromDays(1));
        await _site.SummarizeAsync();

        Assert.Contains("[3,3,3,null]", await _site.GetAsync("/charts/workers"), StringComparison.Ordinal);
        Assert.Contains("[1,1,1,null]", await _site.GetAsync("/charts/active-systems"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CSV_has_a_row_a_day_and_no_formula()
    {
        Assert.Equal("day,3.9,3.21\r\n2026-11-18,1,\r\n2026-11-19,0,1\r\n2026-11-20,0,1\r\n", await _site.GetAsync("/charts/components/core?format=csv"));
        Assert.Equal("day,'=1+1\r\n2026-11-18,1\r\n2026-11-19,1\r\n2026-11-20,1\r\n", await _site.GetAsync("/charts/components/" + Uri.EscapeDataString("=cmd,\"x\"") + "?format=csv"));
    }

    [Fact]
    public async Task A_client_that_has_the_chart_is_told_so()
    {
        var first = await _site.Client.GetAsync("/charts/components/core");
        var request = new HttpRequestMessage(HttpMethod.Get, "/charts/components/core");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.Equal(HttpStatusCode.NotModified, (await _site.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task The_list_links_every_chart()
    {
        using var list = JsonDocument.Parse(await _site.GetAsync("/charts"));

        Assert.Contains("components/core", list.RootElement.EnumerateArray().Select(chart => chart.GetProperty("id").GetString()));
        foreach (var chart in list.RootElement.EnumerateArray())
        {
            using var document = JsonDocument.Parse(await _site.GetAsync(chart.GetProperty("href").GetString()!));
            Assert.Equal(chart.GetProperty("id").GetString(), document.RootElement.GetProperty("id").GetString());
        }
    }

    [Fact]
    public void Versions_sort_by_their_numbers_and_the_rest_comes_last() =>
        Assert.Equal(["3.9", "3.10", "3.21", "3.21.4", "main", "other", "unknown"], new[] { "other", "3.21.4", "main", "3.10", "unknown", "3.9", "3.21" }.Order(new NaturalOrder()));
}
