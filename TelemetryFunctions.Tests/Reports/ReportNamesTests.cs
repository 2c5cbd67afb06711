using System.Net;
using System.Text.Json;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>Names get a chart when they are carried on two days, and leave when nobody carries them any more.</summary>
public sealed class ReportNamesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_name_enters_on_its_second_day_and_brings_its_first()
    {
        await using var site = await StartAsync();
        await DayAsync(site, 4, "core", "once");
        Assert.Equal(["other"], await NamesAsync(site));
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync("/charts/components/core")).StatusCode);
        Assert.Equal("other: 8", await ValuesAsync(site, "other"));

        await DayAsync(site, 4, "core");
        Assert.Equal(["core", "other"], await NamesAsync(site));
        Assert.Equal("1.0: 4 4", await ValuesAsync(site, "core"));

        await DayAsync(site, 4, "once", "core");
        Assert.Equal("1.0: 4 4 4", await ValuesAsync(site, "core"));
        Assert.Equal("1.0: 4 - 4", await ValuesAsync(site, "once"));
    }

    [Fact]
    public async Task Days_on_which_too_few_carry_a_name_do_not_count()
    {
        await using var site = await StartAsync();
        foreach (var systems in new[] { 4, 2, 1, 2 })
            await DayAsync(site, systems, "rare");
        Assert.Equal(["other"], await NamesAsync(site));

        await DayAsync(site, 3, "rare");
        Assert.Equal(["other", "rare"], (await NamesAsync(site)).Order());
        Assert.Equal("1.0: 4 - - - 3", await ValuesAsync(site, "rare"));
    }

    [Fact]
    public async Task A_name_that_waited_too_long_is_deleted_and_waits_anew()
    {
        await using var site = await StartAsync();
        await DayAsync(site, 3, "core", "once");
        for (var day = 0; day <= ReportNames.Wait.Days; day++)
            await DayAsync(site, 3, "core");

        Assert.DoesNotContain(await PointsAsync(site), row => row.Partition.EndsWith("~once", StringComparison.Ordinal));
        Assert.Empty(await site.Service<PointStore>().ReadCandidatesAsync(default).ToListAsync());

        await DayAsync(site, 3, "core", "once");
        Assert.DoesNotContain("once", await NamesAsync(site));
        await DayAsync(site, 3, "core", "once");
        Assert.Equal("1.0: 3 3", (await ValuesAsync(site, "once")).Replace("- ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_nobody_carries_leaves_the_page_and_the_lists_and_its_points_stay()
    {
        await using var site = await StartAsync("--Telemetry:RawRetentionDays=5");
        await DayAsync(site, 3, "core", "old");
        await DayAsync(site, 3, "core", "old");
        for (var day = 0; day < 5; day++)
            await DayAsync(site, 3, "core");
        Assert.Contains("old", await NamesAsync(site));

        await DayAsync(site, 3, "core");
        Assert.Equal(["core"], await NamesAsync(site));
        Assert.DoesNotContain("components/old", await site.GetAsync("/charts/overview"), StringComparison.Ordinal);
        Assert.DoesNotContain("components/old", await site.GetAsync("/"), StringComparison.Ordinal);
        Assert.Null(await site.Service<ChartStore>().ReadAsync("components.xy~old", default));
        Assert.Equal("1.0: 3 3 - - - - - -", await ValuesAsync(site, "old"));

        // It comes back as a new name would, and has its old days then.
        await DayAsync(site, 3, "core", "old");
        Assert.DoesNotContain("old", await NamesAsync(site));
        await DayAsync(site, 3, "core", "old");
        Assert.Equal("1.0: 3 3 - - - - - - 3 3", await ValuesAsync(site, "old"));
    }

    [Fact]
    public async Task Where_one_day_is_enough_a_name_enters_at_once()
    {
        await using var site = await StartAsync("--Telemetry:MinimumNameDays=1");
        await DayAsync(site, 3, "core");

        Assert.Equal(["core"], await NamesAsync(site));
        Assert.Equal("1.0: 3", await ValuesAsync(site, "core"));
    }

    [Fact]
    public async Task What_waits_is_taken_back_where_the_clock_was_ahead()
    {
        await using var site = await StartAsync();
        await DayAsync(site, 3, "core");
        site.Clock.Advance(TimeSpan.FromDays(30));
        await PostAsync(site, 3, "ahead");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
        Assert.Contains(await PointsAsync(site), row => row.Partition.EndsWith("~ahead", StringComparison.Ordinal));

        site.Clock.SetUtcNow(TestSite.Noon.AddDays(1));
        await site.SummarizeAsync();

        Assert.DoesNotContain(await PointsAsync(site), row => row.Partition.EndsWith("~ahead", StringComparison.Ordinal));
        Assert.Empty(await site.Service<PointStore>().ReadCandidatesAsync(default).ToListAsync());
    }

    /// <summary>
    /// A flood that gets as far as it can: every day as many new names as are taken, each carried on two days, in many versions. The
    /// site reaches its stated size and stays there, what is honest keeps its chart, and after the flood all of it leaves.
    /// </summary>
    [Fact]
    public async Task A_flood_of_names_reaches_the_largest_size_and_no_more()
    {
        const int days = ReportNames.MaxNames / LabelBounds.MaxLabels * 2 + 6;
        await using var engine = await TestEngine.OpenAsync(
            _directory, new ManualClock(TestSite.Noon), ("Telemetry:MinimumAgeDays", "0"), ("Telemetry:MinimumLabelSystems", "1"), ("Telemetry:RawRetentionDays", "40"));
        for (var day = 0; day < days; day++)
        {
            var names = Enumerable.Range(day / 2 * LabelBounds.MaxLabels, LabelBounds.MaxLabels).Select(name => $"flood-{name}").ToList();
            for (var version = 0; version < 10; version++)
            {
                foreach (var (system, some) in names.Chunk(60).Index())
                    await engine.ReceiveAsync(ReportBuilder.Report(100 * version + system, [.. some.Select(name => (name, $"{version}.0.{day}")), ("core", "1.0")]));
            }

            engine.Clock.Advance(TimeSpan.FromDays(1));
            await engine.SummarizeAsync();
        }

        var points = engine.Service<PointStore>();
        var series = await points.ReadSeriesAsync(default).Where(span => span.Series.Name is not (null or LabelBounds.Other)).ToListAsync();
        Assert.InRange(series.Count, 2 * (ReportNames.MaxNames - ReportNames.Wait.Days), 2 * ReportNames.MaxNames);
        Assert.Contains(series, span => span.Series.Name == "core");
        Assert.InRange((await points.ReadCandidatesAsync(default).ToListAsync()).Count, 1, 2 * LabelBounds.MaxLabels * ReportNames.Wait.Days);

        // Of each day no more than is stated: labels, and an other of each name, in two breakdowns.
        const int largest = 2 * (LabelBounds.MaxLabelsOfNames + LabelBounds.MaxLabels + 1);
        var byDay = (await engine.Store.ScanAsync(PointStore.Summary, KeyRange.All).ToListAsync())
            .Where(row => row.Partition.StartsWith("components.", StringComparison.Ordinal)).CountBy(row => row.Key[..13]).ToList();
        Assert.All(byDay, day => Assert.InRange(day.Value, 1, largest));
        Assert.Contains(byDay, day => day.Value > largest * 0.9);

        engine.Clock.Advance(TimeSpan.FromDays(41));
        await engine.ReceiveAsync(ReportBuilder.Report(1, ("core", "1.0")));
        engine.Clock.Advance(TimeSpan.FromDays(1));
        await engine.SummarizeAsync();
        var list = new ChartSeriesList(points, engine.Service<SummaryProgressStore>(), new LabelAudit(ReportMetrics.Catalogue), ReportMetrics.Catalogue, engine.Service<ReportOptions>());
        Assert.DoesNotContain(await list.ListChartsAsync(engine.Clock.GetUtcNow(), default), chart => chart.Name?.StartsWith("flood", StringComparison.Ordinal) is true);
    }

    private Task<TestSite> StartAsync(params string[] settings) => TestSite.StartAsync(
        _directory, environment: "Production", settings: ["--Telemetry:MinimumAgeDays=0", "--Telemetry:MinimumLabelSystems=3", .. settings]);

    private static async Task DayAsync(TestSite site, int systems, params string[] names)
    {
        await PostAsync(site, systems, names);
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();
    }

    private static async Task PostAsync(TestSite site, int systems, params string[] names)
    {
        for (var system = 0; system < systems; system++)
            await PostAsync(site, system, [.. names.Select(name => (name, "1.0"))]);
    }

    private static async Task PostAsync(TestSite site, int system, params (string, string)[] components)
    {
        var report = ReportBuilder.Report(system, components);
        await site.Service<ReportReceiver>().ReceiveAsync(Google.Protobuf.MessageExtensions.ToByteArray(report), ReportFormat.Protobuf, CancellationToken.None);
    }

    private static async Task<List<string>> NamesAsync(TestSite site)
    {
        using var list = JsonDocument.Parse(await site.GetAsync("/charts"));
        return [.. list.RootElement.EnumerateArray().Select(chart => chart.GetProperty("id").GetString()!).Where(id => id.StartsWith("components/", StringComparison.Ordinal)).Select(id => id["components/".Length..])];
    }

    private static async Task<List<Row>> PointsAsync(TestSite site) => await site.Store.ScanAsync(PointStore.Summary, KeyRange.All).ToListAsync();

    private static async Task<string> ValuesAsync(TestSite site, string name)
    {
        using var chart = JsonDocument.Parse(await site.GetAsync("/charts/components/" + name));
        var series = chart.RootElement.GetProperty("series").EnumerateArray().Single();
        return series.GetProperty("label").GetString() + ": " + string.Join(' ', series.GetProperty("values").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? "-" : value.GetRawText()));
    }
}
