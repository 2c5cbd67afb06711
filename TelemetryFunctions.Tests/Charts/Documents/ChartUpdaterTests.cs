using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Documents;

/// <summary>The chart documents say what SUMMARY says, whatever became of the runs that wrote them.</summary>
public sealed class ChartUpdaterTests : IDisposable
{
    private const int Systems = 30;

    private static readonly DateTimeOffset FirstDay = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualClock _clock = new(FirstDay);
    private KillableStore _store = null!;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Every_value_of_every_chart_is_the_one_in_summary()
    {
        await using var site = await StartAsync();
        await ReceiveAsync(site, days: 6);
        await site.SummarizeAsync();

        var summary = await ReadSummaryAsync(site);
        var charts = await ReadChartsAsync(site);

        Assert.Equal(summary.Keys.Order(StringComparer.Ordinal), charts.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, value) in summary)
            Assert.Equal((key, BitConverter.DoubleToInt64Bits(value)), (key, BitConverter.DoubleToInt64Bits(charts[key])));
        Assert.Contains(summary.Values, value => !double.IsInteger(value));
        Assert.True(summary.Count > 200, $"{summary.Count} points are too few to show anything.");
    }

    [Fact]
    public async Task Day_by_day_or_at_once_the_documents_are_the_same()
    {
        await using var site = await StartAsync();
        await ReceiveAsync(site, days: 8, eachDay: () => site.SummarizeAsync());
        await site.SummarizeAsync();
        var byDay = await DumpAsync(site);

        await RebuildAsync(site);

        Assert.Equal(byDay, await DumpAsync(site));
    }

    [Fact]
    public async Task A_run_reads_only_the_points_that_are_new()
    {
        await using var site = await StartAsync();
        await ReceiveAsync(site, days: 3);
        await site.SummarizeAsync();
        var log = new ScanLog(site.Store);
        var charts = new ChartUpdater(
            new ChartStore(log), new ChartSeriesList(new PointStore(log), new SummaryProgressStore(log), new LabelAudit(ReportMetrics.Catalogue), ReportMetrics.Catalogue, site.Service<ReportOptions>()), new PointStore(log), new ChartMarks(log, new OutageStore(log, new HeartbeatStore(log), site.Clock), new KeptWindows(log), Annotations.None), ReportMetrics.Catalogue,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ChartUpdater>.Instance);

        var (progress, _) = await site.Service<SummaryProgressStore>().ReadAsync(ReportSource.SourceName, CancellationToken.None);
        await charts.SummarizedAsync(site.Service<ReportSource>(), progress, CancellationToken.None);

        Assert.Equal(0, log.RowsOf(PointStore.Summary));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_run_that_is_killed_is_repaired_by_the_next(int seed)
    {
        var random = new Random(seed);
        await using var site = await StartAsync();
        await ReceiveAsync(site, days: 2);
        await site.SummarizeAsync();
        await ReceiveAsync(site, days: 2, from: 2);

        // The calls of two windows come first: most kills hit the charts.
        for (var kills = random.Next(1, 4); kills > 0; kills--)
        {
            _store.KillAfter(random.Next(900), lastCallCounts: random.Next(2) == 0);
            var error = await Record.ExceptionAsync(site.SummarizeAsync);
            Assert.True(error is null or KilledException or OperationCanceledException, error?.ToString());
            _store.Revive();
            _clock.Advance(SummaryLease.Length);
        }

        await site.SummarizeAsync();

        var repaired = await DumpAsync(site);
        await RebuildAsync(site);
        Assert.Equal(await DumpAsync(site), repaired);
        Assert.Equal(await ReadSummaryAsync(site), await ReadChartsAsync(site));
    }

    [Fact]
    public async Task What_is_lost_or_broken_is_made_again_of_all_points()
    {
        await using var site = await StartAsync();
        await ReceiveAsync(site, days: 3);
        await site.SummarizeAsync();
        var before = await DumpAsync(site);

        await site.Store.DeletePartitionAsync(ChartStore.Table, "workers.median");
        var charts = site.Service<ChartStore>();
        var users = (await charts.ReadAsync("users", CancellationToken.None))!;
        await charts.WriteAsync("users", users with { Data = [1, 2, 3] }, CancellationToken.None);
        var (progress, _) = await site.Service<SummaryProgressStore>().ReadAsync(ReportSource.SourceName, CancellationToken.None);
        await site.Service<ChartUpdater>().SummarizedAsync(site.Service<ReportSource>(), progress, CancellationToken.None);

        Assert.Equal(before, await DumpAsync(site));
    }

    [Fact]
    public async Task A_chart_without_a_document_is_served_all_the_same()
    {
        string[] paths = ["/charts/workers", "/charts/components/c1", "/charts/components/c1?by=xyz&format=csv", "/charts/overview"];
        await using var site = await StartAsync();
        await ReceiveAsync(site, days: 3);
        await site.SummarizeAsync();
        var answers = await Task.WhenAll(paths.Select(site.GetAsync));

        await site.Service<ChartStore>().KeepOnlyAsync(new HashSet<string>(), CancellationToken.None);

        Assert.Equal(answers, await Task.WhenAll(paths.Select(site.GetAsync)));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 15)];

    private Task<TestSite> StartAsync() => TestSite.StartAsync(
        _directory, _clock, environment: "Production", wrap: store => _store = new KillableStore(store), settings: "--Telemetry:MinimumLabelSystems=2");

    private async Task ReceiveAsync(TestSite site, int days, int from = 0, Func<Task>? eachDay = null)
    {
        var receiver = site.Service<ReportReceiver>();
        for (var day = from; day < from + days; day++)
        {
            _clock.AdvanceTo(FirstDay.AddDays(day).AddHours(1));
            if (eachDay is not null)
                await eachDay();
            for (var system = 0; system < Systems; system++)
                await receiver.ReceiveAsync(Report(new Random(day * 1000 + system), system).ToByteArray(), ReportFormat.Protobuf, CancellationToken.None);
        }

        _clock.AdvanceTo(FirstDay.AddDays(from + days).AddHours(1));
    }

    private static Report Report(Random random, int system)
    {
        var report = ReportBuilder.Report(system, [.. Enumerable.Range(0, random.Next(4)).Select(_ => ($"c{random.Next(4)}", $"3.{random.Next(3)}.{random.Next(3)}"))]);
        report.OnlineWorkers = new ProcessStats { Processes = (uint)random.Next(20), Hosts = 1 };
        report.PostgresqlVersion = (uint)(160000 + random.Next(6));
        report.RbacStats = new RbacStats { Users = (uint)random.Next(40), CustomRoles = 0 };
        return report;
    }

    private static Task RebuildAsync(TestSite site)
    {
        var updater = site.Service<ChartUpdater>();
        var source = site.Service<ReportSource>();
        return site.Service<SummaryRunner>().RunAloneAsync(source, lease => updater.RebuildAsync(source, lease.Progress, lease.Lost), CancellationToken.None);
    }

    /// <summary>SUMMARY as the rows have it: series, day and label, and the value.</summary>
    private static async Task<SortedDictionary<string, double>> ReadSummaryAsync(TestSite site)
    {
        var rows = await site.Store.ScanAsync(PointStore.Summary, KeyRange.All).ToListAsync();
        return new SortedDictionary<string, double>(
            rows.ToDictionary(row => $"{row.Partition}|{row.Key}", row => row.Cells.Single().Number), StringComparer.Ordinal);
    }

    /// <summary>The same of what the public JSON says, but for the zeros of labels that a day lacks.</summary>
    private static async Task<SortedDictionary<string, double>> ReadChartsAsync(TestSite site)
    {
        var summary = await ReadSummaryAsync(site);
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var chart in JsonDocument.Parse(await site.GetAsync("/charts")).RootElement.EnumerateArray())
        {
            var id = chart.GetProperty("id").GetString()!;
            var (metric, name) = id.Split('/') is [var first, var second] ? (first, second) : (id, null);
            foreach (var by in ReportMetrics.Catalogue.Find(metric)!.Kind.Breakdowns.Cast<string?>().DefaultIfEmpty())
            {
                var document = JsonDocument.Parse(await site.GetAsync(chart.GetProperty("href").GetString() + (by is null ? "" : "?by=" + by))).RootElement;
                var times = document.GetProperty("times").EnumerateArray().Select(time => time.GetInt64()).ToList();
                foreach (var series in document.GetProperty("series").EnumerateArray())
                {
                    foreach (var (i, value) in series.GetProperty("values").EnumerateArray().Index())
                    {
                        var key = $"{new SeriesKey(metric, by, name).Partition}|{times[i]:d13}~{KeyCodec.Encode(series.GetProperty("label").GetString()!)}";
                        if (value.ValueKind != JsonValueKind.Null && (value.GetDouble() != 0 || summary.ContainsKey(key)))
                            values.Add(key, value.GetDouble());
                    }
                }
            }
        }

        return values;
    }

    /// <summary>What is in CHARTS: for every partition the tag and everything that is sent or appended to.</summary>
    private static async Task<List<string>> DumpAsync(TestSite site)
    {
        var charts = site.Service<ChartStore>();
        var partitions = await site.Store.ScanAsync(ChartStore.Table, KeyRange.All, []).Select(row => row.Partition).Distinct().ToListAsync();
        var dump = new List<string>();
        foreach (var partition in partitions)
        {
            var chart = (await charts.ReadAsync(partition, CancellationToken.None))!;
            dump.Add($"{partition} {chart.Tag} {chart.ThroughMs} {Hash(chart.Data)} {Hash(chart.Brotli)} {Hash(chart.Gzip)}");
        }

        return dump;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    private sealed class ScanLog(ITableStore inner) : StoreWrapper(inner)
    {
        private int _summaryRows;

        public int RowsOf(TableSchema table) => table == PointStore.Summary ? _summaryRows : throw new ArgumentException(table.Name);

        public override IAsyncEnumerable<Row> ScanAsync(
            TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null, CancellationToken cancellation = default) =>
            base.ScanAsync(table, range, columns, cancellation).Select(row =>
            {
                if (table == PointStore.Summary)
                    Interlocked.Increment(ref _summaryRows);
                return row;
            });
    }
}
