using System.Text.Json;
using Google.Protobuf;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>Reports that are valid and mean harm.</summary>
public sealed class HostileReportTests
{
    private static readonly string[] Names =
        ["constructor", "__proto__", "<script>alert(1)</script>", "\u202Eevil\u202C", "a/b", "%2F", "other", "=1+1", "Ünïcödé 💥", "~"];

    [Fact]
    public async Task Odd_names_and_versions_come_out_as_they_went_in()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);
        foreach (var (i, name) in Names.Index())
            await PostAsync(site, ReportBuilder.Report(i, (name, "3.².1"), ("core", name)));
        await PostAsync(site, ReportBuilder.Report(1000, ("core", "")));
        await site.PutAsync();

        using var list = JsonDocument.Parse(await site.GetAsync("/charts"));
        var entries = list.RootElement.EnumerateArray().ToDictionary(entry => entry.GetProperty("id").GetString()!, entry => entry.GetProperty("href").GetString()!);
        foreach (var name in Names.Where(name => name != LabelBounds.Other))
        {
            using var chart = JsonDocument.Parse(await site.GetAsync(entries[$"components/{name}"]));
            Assert.Equal(name, chart.RootElement.GetProperty("title").GetString());
            Assert.Equal("3.².1", Assert.Single(Labels(chart)));
        }

        using var core = JsonDocument.Parse(await site.GetAsync("/charts/components/core"));
        Assert.Equal([.. Names.Append("unknown").Order(StringComparer.Ordinal)], Labels(core).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_no_path_can_carry_is_shown_as_the_replacement_character()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);

        await PostAsync(site, ReportBuilder.Report(1, ("nul\0nul", "3\u0007.1\n")));
        await site.PutAsync();

        using var chart = JsonDocument.Parse(await site.GetAsync("/charts/components/" + Uri.EscapeDataString("nul\uFFFDnul")));
        Assert.Equal("3\uFFFD.1", Assert.Single(Labels(chart)));
    }

    [Fact]
    public async Task A_name_that_fills_its_bound_fits_into_the_keys()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);
        var (name, version) = (new string('é', LabelText.MaxLength), new string('漢', LabelText.MaxBytes / 3));

        await PostAsync(site, ReportBuilder.Report(1, (name, version)));
        Assert.True((await site.PutAsync()).IsSuccessStatusCode);

        using var chart = JsonDocument.Parse(await site.GetAsync("/charts/components/" + Uri.EscapeDataString(name)));
        Assert.Equal(version, Assert.Single(Labels(chart)));
    }

    /// <summary>A control character is one byte in the report and nine characters in a key.</summary>
    public static TheoryData<string> OddNames => new("", " ", "\n", new string('\0', LabelText.MaxLength), new string('n', 65), new string('n', 60_000));

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task A_component_with_a_name_that_can_not_be_shown_counts_as_other_and_the_rest_of_the_report_as_it_is(string name)
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);

        await PostAsync(site, ReportBuilder.Report(1, (name, "1.0"), ("core", "3.21.4")));
        await site.PutAsync();

        using var core = JsonDocument.Parse(await site.GetAsync("/charts/components/core"));
        Assert.Equal("3.21", Assert.Single(Labels(core)));
        using var other = JsonDocument.Parse(await site.GetAsync("/charts/components/other"));
        Assert.Equal("[1]", other.RootElement.GetProperty("series")[0].GetProperty("values").GetRawText());
    }

    public static TheoryData<string, string> OddVersions => new()
    {
        { "3.21.4+" + new string('b', 60), "3.21.4" },
        { new string('1', 33), new string('1', 33) },
        { new string('1', 65), "other" },
        { new string('\0', 64), "other" },
        { new string('x', 5_000), "other" },
        { "main-of-a-fork-with-a-long-name-0123456789", "main-of-a-fork-with-a-long-name-0123456789" },
    };

    [Theory]
    [MemberData(nameof(OddVersions))]
    public async Task A_version_of_any_length_is_taken(string version, string label)
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);

        await PostAsync(site, ReportBuilder.Report(1, ("core", version)));
        await site.PutAsync();

        using var core = JsonDocument.Parse(await site.GetAsync("/charts/components/core?by=xyz"));
        Assert.Equal(label, Assert.Single(Labels(core)));
    }

    [Fact]
    public async Task The_largest_counts_do_not_overflow()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);
        for (var i = 0; i < 20; i++)
        {
            var report = ReportBuilder.Report(i);
            report.OnlineWorkers = new ProcessStats { Processes = uint.MaxValue, Hosts = uint.MaxValue };
            await PostAsync(site, report);
        }

        await site.PutAsync();

        Assert.Contains("[4294967295]", await site.GetAsync("/charts/workers?by=mean"), StringComparison.Ordinal);
        foreach (var by in new[] { "median", "p5", "p95" })
            Assert.Contains("[4290772992]", await site.GetAsync("/charts/workers?by=" + by), StringComparison.Ordinal);
    }

    /// <summary>More labels than are kept, sent in two orders: the same points, the honest ones among them, and the totals right.</summary>
    [Fact]
    public async Task A_flood_of_labels_is_bounded_and_does_not_depend_on_the_order()
    {
        const int systems = 900;
        var reports = Enumerable.Range(0, systems)
            .Select(system => ReportBuilder.Report(
                system,
                [("core", "3.21.4"), .. Enumerable.Range(0, 63).Select(i => ($"flood-{system}-{i}", $"{system}.{i}.0"))]))
            .ToList();

        var first = await SummarizeAsync(reports);
        reports.Reverse();
        var second = await SummarizeAsync(reports);

        Assert.Equal(first, second);
        Assert.Contains(first, row => row.StartsWith("components.xy~core|", StringComparison.Ordinal) && row.Contains("~3.21|", StringComparison.Ordinal) && row.EndsWith($"={BitConverter.DoubleToInt64Bits(systems)}", StringComparison.Ordinal));
        var xy = first.Where(row => row.StartsWith("components.xy~", StringComparison.Ordinal)).ToList();
        Assert.InRange(xy.Count, 2, LabelBounds.MaxLabels + 1);
        Assert.Equal(systems * 64, xy.Sum(row => BitConverter.Int64BitsToDouble(long.Parse(row.Split('=')[^1], System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static async Task<List<string>> SummarizeAsync(IEnumerable<Report> reports)
    {
        using var directory = new TemporaryDirectory();
        await using var engine = await TestEngine.OpenAsync(
            directory, new ManualClock(TestSite.Noon), ("Telemetry:MinimumAgeDays", "0"), ("Telemetry:MinimumLabelSystems", "1"), ("Telemetry:MinimumNameDays", "1"));
        foreach (var report in reports)
            await engine.ReceiveAsync(report);
        engine.Clock.Advance(TimeSpan.FromDays(1));
        await engine.SummarizeAsync();
        return await engine.DumpAsync(PointStore.Summary);
    }

    private static async Task PostAsync(TestSite site, Report report)
    {
        var body = report.ToByteArray();
        Assert.True((await site.Client.PostAsync("/", new ByteArrayContent(body))).IsSuccessStatusCode);
        var stored = await site.Store.ScanAsync(ReportStore.Table, KeyRange.All).SingleAsync(row => row.Key == report.SystemId);
        Assert.Equal(body, stored.Cells.First(cell => cell.Column.Type == ColumnType.Binary).Reference);
    }

    private static List<string> Labels(JsonDocument chart) =>
        [.. chart.RootElement.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("label").GetString()!)];
}
