using TelemetryFunctions.Installs;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>Invented packages and versions find no room, and what there is goes on.</summary>
public sealed class LimitTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 10, 0, TimeSpan.Zero);
    private static readonly InstallLimits Limits = new() { WindowPackages = 6, WindowVersions = 5, Packages = 4, Versions = 3 };

    private readonly ManualClock _clock = new(Start);
    private readonly MemoryTableStore _store;
    private readonly InstallSite _site;

    public LimitTests()
    {
        _store = new MemoryTableStore(_clock);
        _site = new InstallSite(_store, _clock, limits: Limits);
    }

    [Fact]
    public async Task Of_new_packages_the_largest_are_added_while_there_is_room()
    {
        await NotifyAsync(_site, _clock);
        await _site.RollUpAsync();
        Assert.Equal(["new/large 7", "new/medium 2", "old/one 2", "old/two 1"], await ReadPackagesAsync());

        // Full: those there are go on.
        await _site.NotifyAsync(1, new("old/two", "1"), new("new/small", "1"));
        await RollUpAsync();
        Assert.Equal(["new/large 7", "new/medium 2", "old/one 2", "old/two 2"], await ReadPackagesAsync());
    }

    [Fact]
    public async Task Versions_beyond_those_a_package_can_have_count_as_other()
    {
        await NotifyAsync(_site, _clock);
        await _site.RollUpAsync();
        Assert.Equal(["1 2", "2 1", "4 2", "other 2"], await ReadVersionsAsync("new/large"));

        await _site.NotifyAsync(1, new("new/large", "1"), new("new/large", "6"), new("new/large", "3"), new("new/large", "other"));
        await RollUpAsync();
        Assert.Equal(["1 3", "2 1", "4 2", "other 5"], await ReadVersionsAsync("new/large"));
    }

    [Fact]
    public async Task What_is_not_counted_is_told()
    {
        using var counted = new InstallMeterReader(_site.Services);
        await NotifyAsync(_site, _clock);
        var result = await _site.RollUpAsync();
        Assert.Equal(1, counted["telemetry.downloads", "uncounted"]);
        Assert.Equal(10, result!.Rows);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Runs_killed_at_any_write_admit_the_same(bool isDone)
    {
        Download[] more = [new("old/one", "2"), new("old/two", "2"), new("old/two", "3"), new("old/two", "4")];
        await NotifyAsync(_site, _clock, more);
        await SummarizeAsync(_store);
        var expected = await DumpAsync(_store);
        var kills = 0;
        for (var isKilled = true; isKilled; kills++)
        {
            var clock = new ManualClock(Start);
            var disk = new MemoryTableStore(clock);
            await NotifyAsync(new InstallSite(disk, clock, limits: Limits), clock, more);
            var first = new MortalStore(disk, kills + 1, isDone);
            await TrySummarizeAsync(first);
            await TrySummarizeAsync(new MortalStore(disk, 3, isDone));
            await SummarizeAsync(disk);
            Assert.Equal(expected, await DumpAsync(disk));
            isKilled = first.IsKilled;
        }

        Assert.InRange(kills, 20, 1000);
    }

    /// <summary>Two old packages, rolled up, and a window with one of them and more new ones than there is room for.</summary>
    private static async Task NotifyAsync(InstallSite site, ManualClock clock, params Download[] more)
    {
        await site.NotifyAsync(1, new("old/one", "1"), new("old/two", "1"));
        clock.Advance(TimeSpan.FromHours(1));
        await site.RollUpAsync();

        await site.NotifyAsync(1, new("old/one", "1"), new("new/small", "1"), new("new/medium", "1"), new("new/medium", "2"));
        await site.NotifyAsync(1, [.. Enumerable.Range(1, 5).Select(version => new Download("new/large", $"{version}"))]);
        await site.NotifyAsync(2, new("new/large", "1"), new("new/large", "4"));
        if (more.Length > 0)
            await site.NotifyAsync(3, more);
        clock.Advance(TimeSpan.FromHours(1));
    }

    private async Task RollUpAsync()
    {
        _clock.Advance(TimeSpan.FromHours(1));
        await _site.RollUpAsync();
    }

    private async Task TrySummarizeAsync(MortalStore store)
    {
        try
        {
            await SummarizeAsync(store);
        }
        catch (KilledException)
        {
            // The next run goes on.
        }
    }

    private Task<WindowResult> SummarizeAsync(ITableStore store) =>
        new InstallSite(store, _clock, limits: Limits).Source.SummarizeAsync(
            Window.At(Start.AddHours(1), TimeSpan.FromHours(1)), false, default);

    private async Task<IEnumerable<string>> ReadPackagesAsync() =>
        (await _site.List.ReadAsync(default)).Find("", PackageOrder.Name, 1, 100).Packages.Select(package => $"{package.Name} {package.Total}");

    private async Task<IEnumerable<string>> ReadVersionsAsync(string package) =>
        (await _site.ReadVersionsAsync(package)).Select(version => $"{version.Key} {version.Value.Total}").Order(StringComparer.Ordinal);

    /// <summary>The counters and the points.</summary>
    private static async Task<string> DumpAsync(MemoryTableStore store)
    {
        var lines = new List<string>();
        foreach (var table in new[] { PackageStore.Packages, PackageStore.Versions, PointStore.Summary })
        {
            await foreach (var row in store.ScanAsync(table, KeyRange.All))
            {
                var cells = row.Cells.Select(cell =>
                    $"{cell.Column.Name}={(cell.Reference is byte[] bytes ? Convert.ToHexString(bytes) : $"{cell.Reference}{cell.Bits}")}");
                lines.Add($"{table.Name} {row.Partition} {row.Key} {string.Join(' ', cells)}");
            }
        }

        return string.Join('\n', lines);
    }
}
