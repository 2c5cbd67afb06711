using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Documents;

/// <summary>However many names and labels were invented over the years, documents stay small and few, and lose no system.</summary>
public sealed class ChartLimitsTests : IAsyncLifetime
{
    private const int Days = 30;

    private static readonly DateTimeOffset First = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly SeriesKey Core = new("components", "xy", "core");

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteTableStore _tables;
    private readonly PointStore _points;
    private readonly ChartStore _charts;

    public ChartLimitsTests()
    {
        _tables = new SqliteTableStore(_directory, [ChartStore.Table, PointStore.Summary, PointStore.Series, SummaryProgressStore.Table], TimeProvider.System);
        _points = new PointStore(_tables);
        _charts = new ChartStore(_tables);
    }

    public Task InitializeAsync() => _tables.InitializeAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _tables.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Labels_beyond_the_limit_are_added_up_in_other()
    {
        var points = await InventLabelsAsync();

        var data = await ExtendAsync(new ChartData(First.ToUnixTimeMilliseconds()), Days);

        Assert.True(points.Select(point => point.Label).Distinct().Count() > 2 * ChartData.MaxLabels);
        Assert.Equal(ChartData.MaxLabels + 1, data.Columns.Count);
        for (var day = 0; day < Days; day++)
        {
            Assert.Equal(
                points.Where(point => point.Day == day).Sum(point => point.Value),
                data.Columns.Values.Sum(column => column.Find(day) ?? 0));
        }
    }

    [Fact]
    public async Task Labels_of_the_last_day_and_the_largest_of_any_day_are_kept()
    {
        var points = await InventLabelsAsync();

        var data = await ExtendAsync(new ChartData(First.ToUnixTimeMilliseconds()), Days);

        foreach (var (day, label, value) in points.Where(point => point.Day == Days - 1 || point.Label is "3.1" or "once"))
            Assert.Equal(value, data.Columns[label].Find(day));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Labels_are_folded_alike_whether_days_come_one_by_one_or_at_once(int seed)
    {
        await InventLabelsAsync();
        var random = new Random(seed);
        var stepwise = new ChartData(First.ToUnixTimeMilliseconds());

        for (var day = 0; day < Days;)
        {
            day = Math.Min(Days, day + (seed == 1 ? 1 : random.Next(1, 9)));
            stepwise = ChartCodec.Read(ChartCodec.Write(await ExtendAsync(stepwise, day)));
        }

        var atOnce = await ExtendAsync(new ChartData(First.ToUnixTimeMilliseconds()), Days);
        Assert.Equal(Convert.ToHexString(ChartCodec.Write(atOnce)), Convert.ToHexString(ChartCodec.Write(stepwise)));
    }

    [Fact]
    public async Task The_names_published_last_have_a_document_and_of_these_the_oldest()
    {
        await PublishAsync(0, "old", "long", "gone");
        await PublishAsync(1, "old", "long", "brief");
        await UpdateAsync(2, maxNames: 3);
        Assert.Equal(["components.xy~brief", "components.xy~long", "components.xy~old"], await PartitionsAsync());

        await PublishAsync(2, "long", "new-a", "new-b", "new-c");
        await UpdateAsync(3, maxNames: 3);
        Assert.Equal(["components.xy~long", "components.xy~new-a", "components.xy~new-b"], await PartitionsAsync());

        await PublishAsync(3, "long", "old");
        await UpdateAsync(4, maxNames: 3);
        Assert.Equal(["components.xy~long", "components.xy~new-a", "components.xy~old"], await PartitionsAsync());
        var old = ChartCodec.Read((await _charts.ReadAsync("components.xy~old", CancellationToken.None))!.Data);
        Assert.Equal([1, 1, null, 1], old.Series(ReportMetrics.Catalogue.Find("components")!).Single(series => series.Label == "1.0").Values);
    }

    /// <summary>Each day brings labels that nobody sent before, a few that come back and two that are large.</summary>
    private async Task<List<(int Day, string Label, double Value)>> InventLabelsAsync()
    {
        var random = new Random(7);
        var points = new List<(int Day, string Label, double Value)>();
        for (var day = 0; day < Days; day++)
        {
            // Nothing is known of some days.
            if (day % 11 == 10)
                continue;
            var invented = Enumerable.Range(0, 90).Select(label => $"{day}.{1000 + label}").Concat(Enumerable.Range(0, 20).Select(label => $"{random.Next(day + 1)}.{1000 + label}"));
            points.AddRange(invented.Distinct().Select(label => (day, label, (double)random.Next(3, 6))));
            points.Add((day, "3.1", 500));
            points.Add((day, LabelBounds.Other, 9));
            if (day == 1)
                points.Add((day, "once", 80));
        }

        foreach (var day in points.GroupBy(point => point.Day))
            await _points.ReplaceAsync(First.AddDays(day.Key), [.. day.Select(point => new Point(Core, point.Label, point.Value))], CancellationToken.None);
        return points;
    }

    private async Task<ChartData> ExtendAsync(ChartData data, int days)
    {
        await _points.AddToAsync(data, Core, First.AddDays(days), CancellationToken.None);
        data.Extend(First.AddDays(days).ToUnixTimeMilliseconds());
        return data;
    }

    private Task PublishAsync(int day, params string[] names) => _points.ReplaceAsync(
        First.AddDays(day), [.. names.Select(name => new Point(Core with { Name = name }, "1.0", 1))], CancellationToken.None);

    private Task UpdateAsync(int days, int maxNames)
    {
        var updater = new ChartUpdater(
            _charts, new ChartSeriesList(_points, new SummaryProgressStore(_tables), new LabelAudit(ReportMetrics.Catalogue), ReportMetrics.Catalogue, new ReportOptions(60, 1, 3, 2, false)) { MaxNames = maxNames }, _points, new ChartMarks(_tables, new OutageStore(_tables, new HeartbeatStore(_tables), TimeProvider.System), new KeptWindows(_tables), Annotations.None), ReportMetrics.Catalogue,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ChartUpdater>.Instance);
        return updater.SummarizedAsync(new NamedSource(), new SummaryProgress(First, First.AddDays(days), null), CancellationToken.None);
    }

    private async Task<List<string>> PartitionsAsync() => await _tables.ScanAsync(ChartStore.Table, KeyRange.All, [])
        .Select(row => row.Partition)
        .Where(partition => partition.StartsWith("components.xy~", StringComparison.Ordinal))
        .Distinct()
        .ToListAsync();

    private sealed class NamedSource : ISummarySource
    {
        public string Name => ReportSource.SourceName;

        public TimeSpan WindowLength => TimeSpan.FromDays(1);

        public Task<DateTimeOffset?> FindOldestAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task<WindowResult> SummarizeAsync(Window window, bool isProvisional, CancellationToken cancellation) => throw new NotSupportedException();

        public Task TakeBackAsync(DateTimeOffset now, AheadSpan? ahead, CancellationToken cancellation) => Task.CompletedTask;

        public Task<long> ExpireAsync(DateTimeOffset through, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
