using TelemetryFunctions.Installs;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>Installs in CI are told apart, and what was counted before they were is not taken for none.</summary>
public sealed class CiTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 10, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly Download Akismet = new("wp-plugin/akismet", "5.0.0");

    private readonly ManualClock _clock = new(Start);
    private readonly MemoryTableStore _store;
    private readonly InstallSite _site;

    public CiTests()
    {
        _store = new MemoryTableStore(_clock);
        _site = new InstallSite(_store, _clock);
    }

    [Fact]
    public async Task Installs_in_CI_are_counted_among_all_and_apart()
    {
        await _site.NotifyAsAsync(InstallSite.CiAgent, 1, Akismet);
        await _site.NotifyAsAsync(InstallSite.CiAgent, 2, Akismet with { Version = "5.1.0" });
        await _site.NotifyAsync(3, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));

        var package = (await _site.Packages.FindAsync(Akismet.Package, default))!;
        Assert.Equal((3, new CiCount(2, null, 2)), (package.Total, package.CiOn(Day)));
        var versions = await _site.ReadVersionsAsync(Akismet.Package);
        Assert.Equal((2, new CiCount(1, null, 1)), (versions["5.0.0"].Total, versions["5.0.0"].CiOn(Day)));
        Assert.Equal((1, new CiCount(1, null, 1)), (versions["5.1.0"].Total, versions["5.1.0"].CiOn(Day)));
        Assert.Equal([new InstallDay(Day, 3, 2)], await DaysAsync());
        Assert.Equal(new CiCount(2, null, 2), await ListedAsync());

        // A day later they are as many, and after a month none of the last days.
        Assert.Equal(new CiCount(2, null, 0), package.CiOn(Day.AddDays(30)));
    }

    [Fact]
    public async Task A_package_without_installs_in_CI_has_none()
    {
        await _site.NotifyAsync(1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(new CiCount(0, null, 0), await ListedAsync());
        Assert.Equal([new InstallDay(Day, 1, 0)], await DaysAsync());
    }

    [Fact]
    public async Task What_was_counted_before_CI_was_told_apart_is_unknown()
    {
        await _site.NotifyAsAsync(InstallSite.CiAgent, 1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        await ForgetCiAsync(PackageStore.Packages, PackageStore.Versions);
        Assert.Equal(default, (await _site.Packages.FindAsync(Akismet.Package, default))!.CiOn(Day));
        Assert.Equal([new InstallDay(Day, 1, null)], await DaysAsync());

        // The rest of that day is not known to be all of it.
        await _site.NotifyAsAsync(InstallSite.CiAgent, 2, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(new CiCount(0, Day.AddDays(1), null), await ListedAsync());

        await RollUpAfterAsync(TimeSpan.FromDays(1));
        await _site.NotifyAsAsync(InstallSite.CiAgent, 3, Akismet);
        await _site.NotifyAsync(4, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(new CiCount(1, Day.AddDays(1), null), await ListedAsync());
        Assert.Equal([new InstallDay(Day, 2, null), new InstallDay(Day.AddDays(1), 2, 1)], await DaysAsync());
        Assert.Equal(4, (await _site.Packages.FindAsync(Akismet.Package, default))!.Total);

        // Once the last 30 days are all known, so is their sum.
        Assert.Null((await _site.Packages.FindAsync(Akismet.Package, default))!.CiOn(Day.AddDays(29)).Last30Days);
        Assert.Equal(1, (await _site.Packages.FindAsync(Akismet.Package, default))!.CiOn(Day.AddDays(30)).Last30Days);
    }

    [Fact]
    public async Task A_counter_that_rested_when_CI_began_to_be_told_apart_knows_its_next_day()
    {
        await _site.NotifyAsync(1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        await ForgetCiAsync(PackageStore.Packages, PackageStore.Versions);
        await RollUpAfterAsync(TimeSpan.FromDays(3));
        await _site.NotifyAsAsync(InstallSite.CiAgent, 1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(new CiCount(1, Day.AddDays(3), null), await ListedAsync());
    }

    [Fact]
    public async Task A_day_with_raw_rows_of_before_is_unknown()
    {
        await _site.NotifyAsAsync(InstallSite.CiAgent, 1, Akismet);
        await ForgetCiAsync(InstallStore.Table);
        await _site.NotifyAsAsync(InstallSite.CiAgent, 2, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(new CiCount(0, Day.AddDays(1), null), await ListedAsync());
        Assert.Equal([new InstallDay(Day, 2, null)], await DaysAsync());
    }

    [Fact]
    public async Task What_began_to_be_told_apart_while_a_clock_was_ahead_is_known_from_tomorrow_on()
    {
        await _site.NotifyAsync(1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        await ForgetCiAsync(PackageStore.Packages, PackageStore.Versions);
        _clock.SetUtcNow(Start.AddDays(100));
        await _site.NotifyAsAsync(InstallSite.CiAgent, 2, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));

        _clock.SetUtcNow(Start.AddHours(2));
        await _site.RollUpAsync();
        Assert.Equal(new CiCount(0, Day.AddDays(1), null), await ListedAsync());
        Assert.Equal([new InstallDay(Day, 2, null)], await DaysAsync());
    }

    private async Task<List<InstallDay>> DaysAsync() =>
        await new InstallPoints(_site.Points).ReadAsync(Akismet.Package, (await _site.Packages.FindAsync(Akismet.Package, default))!.Ci, default).ToListAsync();

    private async Task<CiCount> ListedAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(6));
        return (await _site.List.ReadAsync(default)).Find(Akismet.Package, PackageOrder.Name, 1, 1).Packages.Single().Ci;
    }

    private async Task RollUpAfterAsync(TimeSpan span)
    {
        _clock.Advance(span);
        await _site.RollUpAsync();
    }

    /// <summary>Leaves rows as the version that did not tell CI apart has written them.</summary>
    private async Task ForgetCiAsync(params TableSchema[] tables)
    {
        foreach (var table in tables)
        {
            foreach (var row in await _store.ScanAsync(table, KeyRange.All).ToListAsync())
            {
                var before = row.Cells.Where(cell => !cell.Column.Name.StartsWith("Ci", StringComparison.Ordinal) && cell.Column.Name is not ("Platform" or "Php")).ToArray();
                Assert.NotEqual(row.Cells.Length, before.Length);
                await _store.UpsertAsync(table, [new Row(row.Partition, row.Key, before)]);
            }
        }
    }
}
