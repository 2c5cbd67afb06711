using System.Text.Json;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>Systems that do not count are in no number, and who they are is said nowhere.</summary>
public sealed class ExclusionTests
{
    private static readonly string Catalogue = "metrics:" + string.Concat(
        CatalogueText.Entry("active", "count", null),
        CatalogueText.Entry("ages", "age-in-days", null),
        CatalogueText.Entry("versions", "versions", "properties.version"),
        CatalogueText.Entry("users", "sum", "properties.users", "cap: 1000000"));

    private const string Rules = """

        exclude:
          - id: pipeline
            because: Builds of our pipeline are not systems in use.
            field: properties.version
            equals: [0.0.0-dev]
          - id: absurd
            because: Of a release that counted wrongly.
            field: properties.users
            above: 1000
        """;

    [Fact]
    public async Task They_are_in_no_number_and_health_says_how_many_there_are_where_they_are_enough_for_a_label()
    {
        using var directory = new TemporaryDirectory();
        var list = Write(directory, "systems.txt", $"# our own\n{ReportBuilder.Id(9)} # the demo\n\n{Guid.Parse(ReportBuilder.Id(10))}\n");
        await using var site = await StartAsync(directory, Catalogue + Rules, $"--Telemetry:ExcludedSystemsFile={list}");
        await SendAsync(site, 1, 4, "1.2.3", 5);
        await SendAsync(site, 5, 7, "0.0.0-dev", 100);
        await SendAsync(site, 8, 8, "1.2.3", 2000);
        await SendAsync(site, 9, 10, "1.2.3", 7);
        site.Clock.Advance(TimeSpan.FromDays(1));
        var run = await site.SummarizeAsync();

        Assert.Equal(4, run.Rows);
        Assert.Equal("systems: 4", await site.ValuesAsync("active"));
        Assert.Equal("0: 4", await site.ValuesAsync("ages"));
        Assert.Equal("1.2: 4", await site.ValuesAsync("versions/Versions"));
        Assert.Equal("total: 20", await site.ValuesAsync("users"));
        var health = await site.GetAsync("/health");
        Assert.Equal("""{"pipeline":3}""", JsonDocument.Parse(health).RootElement.GetProperty("excluded").GetRawText());
        foreach (var page in new[] { health, await site.GetAsync("/catalogue"), await site.GetAsync("/charts"), await site.GetAsync("/") })
            Assert.DoesNotContain(ReportBuilder.Id(9)[..12], page.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("2026-11-18", JsonDocument.Parse(await site.GetAsync($"/systems/{ReportBuilder.Id(9)}")).RootElement.GetProperty("firstSeen").GetString());
    }

    [Fact]
    public async Task A_count_that_would_be_published_with_noise_is_not_in_health_either()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory, Catalogue + Rules, "--Telemetry:Privacy:Epsilon=1", "--Telemetry:Privacy:NoiseBelow=5");
        await SendAsync(site, 1, 4, "0.0.0-dev", 1);
        await SendAsync(site, 5, 9, "1.2.3", 2000);
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();

        Assert.Equal("""{"absurd":5}""", JsonDocument.Parse(await site.GetAsync("/health")).RootElement.GetProperty("excluded").GetRawText());
    }

    [Fact]
    public async Task An_id_that_many_report_by_does_not_count_on_that_day()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory, Catalogue + """

            exclude:
              - {id: cloned, because: Images that were copied with their id., more-reports-than: 2}
            """);
        await SendAsync(site, 1, 3, "1.2.3", 1);
        await SendAsync(site, 1, 2, "1.2.3", 1);
        await SendAsync(site, 1, 1, "1.2.3", 1);

        // Also where they come at once, as from one schedule.
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => SendAsync(site, 4, 4, "1.2.3", 1)));
        Assert.Equal(40L, (await site.Store.ScanAsync(ReportStore.Table, KeyRange.All).FirstAsync(row => row.Key == ReportBuilder.Id(4))).Cells.Single(cell => cell.Column.Name == "Reports").Bits);
        site.Clock.Advance(TimeSpan.FromDays(1));
        await SendAsync(site, 1, 1, "1.2.3", 1);

        await site.SummarizeAsync();
        Assert.Equal("systems: 2", await site.ValuesAsync("active"));
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
        Assert.Equal("systems: 1", await site.ValuesAsync("active"));
    }

    [Fact]
    public async Task A_day_on_which_nobody_else_reported_has_a_0_and_is_no_gap()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await StartAsync(directory, Catalogue + Rules);
        await SendAsync(site, 1, 2, "0.0.0-dev", 1);
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();

        Assert.Equal("systems: 0", await site.ValuesAsync("active"));
        Assert.DoesNotContain("excluded", await site.GetAsync("/health"), StringComparison.Ordinal);
        Assert.NotNull((await site.Service<SummaryProgressStore>().ReadAsync("reports", default)).Progress.Through);
    }

    [Theory]
    [InlineData("# ours\n\n7d9c2f1e\n", "systems.txt, line 3: it must be the id of a system, a UUID with or without dashes, or a comment behind #.")]
    [InlineData("7d9c2f1e-4b63-4a58-9e07-c1b85d3fa264 the demo\n", "systems.txt, line 1: it must be the id of a system")]
    public void A_line_that_is_no_id_is_told_by_its_number_and_not_by_what_it_says(string text, string error)
    {
        var thrown = Assert.Throws<StartupException>(() => ExcludedSystemsFile.Parse(text, "systems.txt"));

        Assert.StartsWith(error, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("7d9c2f1e", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_ids_than_fit_into_memory_with_ease_are_refused()
    {
        var ids = Enumerable.Range(0, 100_001).Select(ReportBuilder.Id).ToList();

        Assert.Equal(100_000, ExcludedSystemsFile.Parse(string.Join('\n', ids.Skip(1).Append(ids[1])), "systems.txt").Count);
        Assert.StartsWith("systems.txt, line 100001: there are more than 100000 ids", Assert.Throws<StartupException>(() => ExcludedSystemsFile.Parse(string.Join('\n', ids), "systems.txt")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_stops_the_start() => Assert.StartsWith(
        "Telemetry__ExcludedSystemsFile is \"/nowhere.txt\"; it must be the path of a file of ids of systems that can be read (",
        Assert.Throws<StartupException>(() => ReportOptions.Read(new ConfigurationManager { ["Telemetry:ExcludedSystemsFile"] = "/nowhere.txt" })).Message, StringComparison.Ordinal);

    private static Task<TestSite> StartAsync(TemporaryDirectory directory, string catalogue, params string[] settings) => TestSite.StartAsync(
        Path.Combine(directory, "data"), environment: "Production",
        settings: [$"--Telemetry:MetricsFile={Write(directory, "metrics.yaml", catalogue)}", "--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumNameDays=1", .. settings]);

    private static string Write(TemporaryDirectory directory, string name, string text)
    {
        File.WriteAllText(Path.Combine(directory, name), text);
        return Path.Combine(directory, name);
    }

    private static async Task SendAsync(TestSite site, int first, int last, string version, int users)
    {
        for (var system = first; system <= last; system++)
            await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(system)}}","version":"{{version}}","users":{{users}}}""");
    }
}
