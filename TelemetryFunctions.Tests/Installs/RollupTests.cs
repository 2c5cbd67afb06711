using TelemetryFunctions.Installs;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

public sealed class RollupTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 10, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly Download Akismet = new("wp-plugin/akismet", "5.0.0");

    private readonly ManualClock _clock = new(Start);
    private readonly MemoryTableStore _store;
    private readonly InstallSite _site;

    public RollupTests()
    {
        _store = new MemoryTableStore(_clock);
        _site = new InstallSite(_store, _clock);
    }

    [Fact]
    public async Task A_repeat_within_the_bucket_counts_once()
    {
        await _site.NotifyAsync(1, Akismet);
        await _site.NotifyAsync(1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(1, (await FindAsync())!.Total);
    }

    [Fact]
    public async Task A_repeat_in_the_next_bucket_counts_again()
    {
        await _site.NotifyAsync(1, Akismet);
        _clock.Advance(TimeSpan.FromHours(1));
        await _site.NotifyAsync(1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, (await FindAsync())!.Total);
    }

    [Fact]
    public async Task Other_clients_and_other_versions_count()
    {
        await _site.NotifyAsync(1, Akismet);
        await _site.NotifyAsync(2, Akismet);
        await _site.NotifyAsync(1, Akismet with { Version = "5.1.0" });
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(3, (await FindAsync())!.Total);
        var versions = await _site.ReadVersionsAsync(Akismet.Package);
        Assert.Equal(2, versions["5.0.0"].Total);
        Assert.Equal(1, versions["5.1.0"].Total);
    }

    [Fact]
    public async Task An_open_bucket_does_not_count_yet()
    {
        await _site.NotifyAsync(1, Akismet);
        await _site.RollUpAsync();
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Rolling_up_twice_counts_once()
    {
        await _site.NotifyAsync(1, Akismet);
        _clock.Advance(TimeSpan.FromHours(1));
        var window = Window.At(Start, TimeSpan.FromHours(1));
        await _site.Source.SummarizeAsync(window, false, default);
        await _site.Source.SummarizeAsync(window, false, default);
        await _site.RollUpAsync();
        Assert.Equal(1, (await FindAsync())!.Total);
    }

    [Fact]
    public async Task A_day_has_one_point_to_which_its_hours_add_up()
    {
        for (var hour = 0; hour < 14; hour++)
        {
            await _site.NotifyAsync(1, Akismet);
            await RollUpAfterAsync(TimeSpan.FromHours(1));
        }

        var expected = new Dictionary<(DateOnly, string), long> { [(Day, "installs")] = 12, [(Day.AddDays(1), "installs")] = 2 };
        Assert.Equal(expected, await _site.ReadPointsAsync(Akismet.Package, byVersion: false));
        expected = new Dictionary<(DateOnly, string), long> { [(Day, "5.0.0")] = 12, [(Day.AddDays(1), "5.0.0")] = 2 };
        Assert.Equal(expected, await _site.ReadPointsAsync(Akismet.Package, byVersion: true));
    }

    [Fact]
    public async Task Points_of_reports_and_of_installs_leave_each_other_alone()
    {
        await _site.NotifyAsync(1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        var day = new DateTimeOffset(Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        await _site.Points.ReplaceAsync(day, [new Point(new SeriesKey("active-systems"), "systems", 7)], default);
        await _site.Points.ReplaceAsync(day, [], default);

        Assert.Equal(1, (await _site.ReadPointsAsync(Akismet.Package, byVersion: false))[(Day, "installs")]);
        Assert.Empty(await _site.Points.ReadPointsAsync(new SeriesKey("active-systems"), day, default).ToListAsync());
    }

    [Fact]
    public async Task The_last_30_days_slide_on_for_a_package_that_nobody_installs_any_more()
    {
        await _site.NotifyAsync(1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(1, await ListedAsync());

        _clock.AdvanceTo(new DateTimeOffset(2026, 12, 19, 23, 5, 0, TimeSpan.Zero));
        await _site.RollUpAsync();
        Assert.Equal(1, await ListedAsync());

        _clock.AdvanceTo(new DateTimeOffset(2026, 12, 20, 1, 5, 0, TimeSpan.Zero));
        await _site.RollUpAsync();
        Assert.Equal(0, await ListedAsync());
        Assert.Equal(1, (await FindAsync())!.Total);
    }

    [Fact]
    public async Task Raw_rows_go_a_day_after_their_roll_up()
    {
        await _site.NotifyAsync(1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        await RollUpAfterAsync(TimeSpan.FromHours(23));
        Assert.NotNull(await _site.Installs.FindOldestAsync(default));
        await RollUpAfterAsync(TimeSpan.FromHours(1));
        Assert.Null(await _site.Installs.FindOldestAsync(default));
    }

    [Fact]
    public async Task A_row_whose_bucket_closed_while_it_waited_counts_in_the_next()
    {
        _clock.AdvanceTo(new DateTimeOffset(2026, 11, 20, 23, 59, 59, TimeSpan.Zero));
        var slow = new InstallSite(new SlowStore(_store, () => _clock.Advance(TimeSpan.FromSeconds(31))), _clock);
        await slow.NotifyAsync(1, Akismet);
        await RollUpAfterAsync(TimeSpan.FromMinutes(65));
        Assert.Equal(1, (await _site.ReadPointsAsync(Akismet.Package, byVersion: false)).Single().Value);
        Assert.Equal(Day.AddDays(1), (await _site.ReadPointsAsync(Akismet.Package, byVersion: false)).Single().Key.Day);
    }

    [Theory]
    [InlineData(600, 86400)]
    [InlineData(86400, 600)]
    [InlineData(3600, 28800)]
    public async Task A_change_of_the_dedupe_window_loses_and_doubles_nothing(int before, int after)
    {
        var first = new InstallSite(_store, _clock, before);
        await first.NotifyAsync(1, Akismet);
        _clock.Advance(TimeSpan.FromHours(3));
        await first.RollUpAsync();
        await first.NotifyAsync(2, Akismet);

        var second = new InstallSite(_store, _clock, after);
        await second.RollUpAsync();
        for (var client = 3; client < 60; client++)
        {
            await second.NotifyAsync(client, Akismet);
            _clock.Advance(TimeSpan.FromHours(1));
            await second.RollUpAsync();
        }

        _clock.Advance(TimeSpan.FromDays(2));
        await second.RollUpAsync();
        Assert.Equal(59, (await FindAsync())!.Total);
    }

    [Fact]
    public async Task A_hundred_packages_in_one_body_are_one_write()
    {
        await _site.NotifyAsync(1, Akismet);
        var writes = _store.Writes;
        await _site.NotifyAsync(1, [.. Enumerable.Range(0, 100).Select(i => new Download($"a/b{i}", "1"))]);
        Assert.Equal(1, _store.Writes - writes);
    }

    [Fact]
    public async Task A_row_that_can_not_be_read_is_skipped()
    {
        await _site.NotifyAsync(1, Akismet);
        await _store.UpsertAsync(InstallStore.Table, [new Row("20261120130000-0", new string('0', 64))]);
        _clock.Advance(TimeSpan.FromHours(1));
        var result = await _site.RollUpAsync();
        Assert.Equal((1, 1), (result!.Rows, result.Skipped));
        Assert.Equal(1, (await FindAsync())!.Total);
    }

    private Task<Counter?> FindAsync() => _site.Packages.FindAsync(Akismet.Package, default);

    private async Task<long> ListedAsync() =>
        (await _site.List.ReadAsync(default)).Find("", PackageOrder.Name, 1, 10).Packages.Single().Last30Days;

    private async Task RollUpAfterAsync(TimeSpan span)
    {
        _clock.Advance(span);
        await _site.RollUpAsync();
    }
}
