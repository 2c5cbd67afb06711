using System.Diagnostics;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;
using Xunit.Abstractions;

namespace TelemetryFunctions.Tests.Installs.Pages;

public sealed class PackageListTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly PackageList List = new(
        [new("a/rare", 900, 0, At), new("b/new", 5, 5, At), new("c/popular", 800, 100, At)], At, AgentShares.None);

    [Fact]
    public void The_list_is_sorted_by_the_last_30_days_by_all_time_and_by_name()
    {
        Assert.Equal(["c/popular", "b/new", "a/rare"], Names(PackageOrder.Last30Days));
        Assert.Equal(["a/rare", "c/popular", "b/new"], Names(PackageOrder.Total));
        Assert.Equal(["a/rare", "b/new", "c/popular"], Names(PackageOrder.Name));
    }

    [Fact]
    public void A_search_finds_any_part_of_a_name()
    {
        Assert.Equal(["c/popular", "a/rare"], List.Find("ar", PackageOrder.Last30Days, 1, 10).Packages.Select(package => package.Name));
        Assert.Equal(["b/new"], List.Find("b/", PackageOrder.Last30Days, 1, 10).Packages.Select(package => package.Name));
        Assert.Equal(0, List.Find("xyz", PackageOrder.Last30Days, 1, 10).Found);
    }

    [Theory]
    [InlineData("rare\nb")]
    [InlineData("\n")]
    [InlineData("e\u0301")]
    [InlineData("A/RARE")]
    public void Nothing_but_names_is_searched(string text) =>
        Assert.Equal(0, List.Find(text, PackageOrder.Name, 1, 10).Found);

    [Fact]
    public void A_search_finds_what_a_look_at_every_name_finds()
    {
        var random = new Random(3);
        string Name(int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => "ab/-"[random.Next(4)]));
        var names = Enumerable.Range(0, 500).Select(_ => Name(9)).Distinct().Order(StringComparer.Ordinal).ToList();
        var list = new PackageList([.. names.Select(name => new ListedPackage(name, 1, 1, At))], At, AgentShares.None);
        for (var i = 0; i < 200; i++)
        {
            var text = Name(4);
            Assert.Equal(
                names.Where(name => name.Contains(text, StringComparison.Ordinal)),
                list.Find(text, PackageOrder.Name, 1, 1000).Packages.Select(package => package.Name));
        }
    }

    [Theory]
    [InlineData(1, 1, new[] { "a/rare", "b/new" })]
    [InlineData(2, 2, new[] { "c/popular" })]
    [InlineData(99, 2, new[] { "c/popular" })]
    [InlineData(int.MaxValue, 2, new[] { "c/popular" })]
    public void The_list_has_pages(int asked, int page, string[] names)
    {
        var slice = List.Find("", PackageOrder.Name, asked, 2);
        Assert.Equal((page, 2, 3), (slice.Page, slice.Pages, slice.Found));
        Assert.Equal(names, slice.Packages.Select(package => package.Name));
    }

    [Fact]
    public void An_empty_list_has_one_empty_page()
    {
        var slice = PackageList.Empty.Find("", PackageOrder.Name, 3, 50);
        Assert.Equal((1, 1, 0), (slice.Page, slice.Pages, slice.Found));
        Assert.Empty(slice.Packages);
    }

    [Fact]
    public async Task Sixty_thousand_packages_are_served_from_chunks_and_found()
    {
        const int Count = 60_000;
        var clock = new ManualClock(At);
        var store = new MemoryTableStore(clock);
        var packages = new PackageStore(store);
        for (var i = 0; i < Count; i++)
        {
            var delta = new InstallDelta();
            for (var installs = 0; installs <= i % 7; installs++)
                delta.Add(At, null);
            await packages.ApplyAsync(new CounterKey($"wp-plugin/some-longer-plugin-name-{i}", null), delta, At, default);
        }

        await Lists.Open(store, packages, clock).PublishAsync(At, default);
        await foreach (var row in store.ScanAsync(PackageListStore.Table, KeyRange.All))
            Assert.All(row.Cells, cell => Assert.True(cell.Size <= 60 * 1024));

        var other = Lists.Open(store, packages, clock);
        var list = await other.ReadAsync(default);
        Assert.Equal(Count, list.Find("", PackageOrder.Total, 1, 50).Found);
        Assert.Equal(1, list.Find("name-59999", PackageOrder.Total, 1, 50).Found);
        Assert.Equal(11, list.Find("name-5999", PackageOrder.Total, 1, 50).Found);

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
            list.Find("e-5", PackageOrder.Last30Days, 2, 50);
        output.WriteLine($"Search in {Count} packages: {watch.Elapsed.TotalMilliseconds / 100:0.00} ms");
    }

    [Fact]
    public async Task Another_instance_sees_a_new_list_within_seconds()
    {
        var clock = new ManualClock(At);
        var store = new MemoryTableStore(clock);
        var packages = new PackageStore(store);
        using var first = Lists.Open(store, packages, clock);
        using var second = Lists.Open(store, packages, clock);
        Assert.Null((await second.ReadAsync(default)).Through);

        var delta = new InstallDelta();
        delta.Add(At, null);
        await packages.ApplyAsync(new CounterKey("a/b", null), delta, At, default);
        await first.PublishAsync(At, default);
        Assert.Equal(At, (await first.ReadAsync(default)).Through);
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, (await second.ReadAsync(default)).Find("", PackageOrder.Name, 1, 10).Found);

        // Nothing new but the hour: the chunks stay, and the hour is told all the same.
        var writes = store.Writes;
        await first.PublishAsync(At.AddHours(1), default);
        Assert.Equal(1, store.Writes - writes);
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(At.AddHours(1), (await second.ReadAsync(default)).Through);
    }

    private static IEnumerable<string> Names(PackageOrder order) =>
        List.Find("", order, 1, 10).Packages.Select(package => package.Name);
}
