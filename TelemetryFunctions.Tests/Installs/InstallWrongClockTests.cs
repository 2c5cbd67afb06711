using TelemetryFunctions.Installs;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>Installs that came, or were rolled up, while a clock was ahead count once, on the day on which they came.</summary>
public sealed class InstallWrongClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 10, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly Download Akismet = new("wp-plugin/akismet", "5.0.0");

    private readonly ManualClock _clock = new(Start);
    private readonly MemoryTableStore _store;
    private readonly InstallSite _site;

    public InstallWrongClockTests()
    {
        _store = new MemoryTableStore(_clock);
        _site = new InstallSite(_store, _clock);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(40, true)]
    [InlineData(366, true)]
    public async Task Every_install_counts_once(int daysAhead, bool isRolledUpAhead)
    {
        // Yesterday, and the first minutes of an hour.
        _clock.SetUtcNow(Start.AddDays(-1));
        await _site.NotifyAsAsync(InstallSite.CiAgent, 1, Akismet);
        _clock.SetUtcNow(Start);
        await _site.RollUpAsync();
        await _site.NotifyAsync(2, Akismet);

        // Ahead: one comes, and its hour closes.
        _clock.SetUtcNow(Start.AddDays(daysAhead));
        await _site.NotifyAsAsync(InstallSite.CiAgent, 3, Akismet);
        _clock.SetUtcNow(Start.AddDays(daysAhead).AddHours(1));
        if (isRolledUpAhead)
            await _site.RollUpAsync();

        // Right again.
        _clock.SetUtcNow(Start.AddMinutes(1));
        await _site.RollUpAsync();
        await _site.NotifyAsAsync(InstallSite.CiAgent, 4, Akismet);
        _clock.SetUtcNow(Start.AddHours(1));
        await _site.RollUpAsync();

        var package = (await _site.Packages.FindAsync(Akismet.Package, CancellationToken.None))!;
        var version = (await _site.ReadVersionsAsync(Akismet.Package))[Akismet.Version];
        Assert.All([package, version], counter =>
        {
            Assert.Equal(4, counter.Total);
            Assert.Equal((1, 3), (counter.Days.On(Day.AddDays(-1)), counter.Days.On(Day)));
            Assert.Equal(4, counter.Days.Last30(Day));
            Assert.Equal(new CiCount(3, null, 3), counter.CiOn(Day));
            Assert.Equal((1, 2), (counter.Ci!.Days.On(Day.AddDays(-1)), counter.Ci.Days.On(Day)));
            Assert.True(counter.LastInstalledAt <= Start.AddHours(1), $"{counter.LastInstalledAt}");
        });
        Assert.Equal(
            [((Day.AddDays(-1), "installs"), 1L), ((Day, "installs"), 3L)],
            (await _site.ReadPointsAsync(Akismet.Package, byVersion: false)).Select(point => (point.Key, point.Value)));
        Assert.Equal(
            [new InstallDay(Day.AddDays(-1), 1, 1), new InstallDay(Day, 3, 2)],
            await new InstallPoints(_site.Points).ReadAsync(Akismet.Package, package.Ci, CancellationToken.None).ToListAsync());
        Assert.Equal(
            [(Day.AddDays(-1), 1L), (Day, 3L)],
            (await _site.Agents.ReadAsync(CancellationToken.None).ToListAsync()).Select(day => (day.Day, day.Counts.Platforms["Linux"])));
    }

    [Fact]
    public async Task Nothing_of_the_future_is_left()
    {
        await _site.NotifyAsync(1, Akismet);
        _clock.SetUtcNow(Start.AddYears(2));
        await _site.NotifyAsync(2, Akismet);
        _clock.SetUtcNow(Start.AddMinutes(1));
        _clock.SetUtcNow(Start.AddHours(1));

        await _site.RollUpAsync();

        Assert.DoesNotContain(
            await _store.ScanAsync(InstallStore.Table, KeyRange.All).ToListAsync(), row => row.Partition.StartsWith("2028", StringComparison.Ordinal));
        Assert.Equal(["20261120"], await _store.ScanAsync(SaltStore.Table, KeyRange.All).Select(row => row.Key).ToListAsync());
    }
}
