using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class InstallCountsTests
{
    private static readonly DateTimeOffset End = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);
    private static readonly InstallLimits Limits = new();

    [Fact]
    public void Installs_are_counted_by_package_and_by_version()
    {
        var counts = new InstallCounts(Limits);
        counts.Add(new Download("a/b", "1"), End, false);
        counts.Add(new Download("a/b", "1"), End, false);
        counts.Add(new Download("a/b", "2"), End, false);
        counts.Add(new Download("a/c", "1"), End, false);
        Assert.Equal(
            new Dictionary<CounterKey, long>
            {
                [new("a/b", null)] = 3,
                [new("a/b", "1")] = 2,
                [new("a/b", "2")] = 1,
                [new("a/c", null)] = 1,
                [new("a/c", "1")] = 1,
            },
            Deltas(counts).ToDictionary(counted => counted.Key, counted => counted.Delta.Installs));
    }

    [Fact]
    public void A_bucket_that_ends_at_midnight_counts_for_the_day_before()
    {
        var counts = new InstallCounts(Limits);
        counts.Add(new Download("a/b", "1"), new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), false);
        var delta = Deltas(counts).First().Delta;
        Assert.Equal(new DateOnly(2026, 11, 20), Assert.Single(delta.Days).Key);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 23, 0, 0, TimeSpan.Zero), delta.LastInstalledAt);
    }

    [Fact]
    public void The_largest_versions_have_counters_and_the_rest_share_one()
    {
        var counts = new InstallCounts(Limits);
        for (var i = 0; i < Limits.WindowVersions + 50; i++)
        {
            counts.Add(new Download("a/b", $"1.{i:d4}"), End, false);
            if (i >= 50)
                counts.Add(new Download("a/b", $"1.{i:d4}"), End, false);
        }

        var versions = Deltas(counts).Where(counted => counted.Key.Version is not null)
            .ToDictionary(counted => counted.Key.Version!, counted => counted.Delta.Installs);
        Assert.Equal(Limits.WindowVersions + 1, versions.Count);
        Assert.Equal(50, versions[InstallCounts.Other]);
        Assert.False(versions.ContainsKey("1.0049"));
        Assert.Equal(2, versions["1.0050"]);
    }

    [Fact]
    public void However_many_versions_there_are_all_their_installs_count()
    {
        var counts = new InstallCounts(new InstallLimits { WindowVersions = 5 });
        for (var i = 0; i < 1000; i++)
        {
            counts.Add(new Download("a/b", $"1.{i}"), End, false);
            counts.Add(new Download("a/b", "2.0"), End, false);
        }

        var deltas = Deltas(counts).ToDictionary(counted => counted.Key, counted => counted.Delta.Installs);
        Assert.Equal(1 + 5 + 1, deltas.Count);
        Assert.Equal(2000, deltas[new("a/b", null)]);
        Assert.Equal(1000, deltas[new("a/b", "2.0")]);
        Assert.Equal(1000 - 4, deltas[new("a/b", InstallCounts.Other)]);
    }

    [Fact]
    public void The_largest_packages_are_counted_and_the_rest_is_told()
    {
        var counts = new InstallCounts(new InstallLimits { WindowPackages = 20 });
        for (var i = 0; i < 1000; i++)
        {
            counts.Add(new Download($"invented/p{i:d4}", "1"), End, false);
            counts.Add(new Download($"real/p{i % 4}", "1"), End, false);
        }

        Assert.Equal(
            [("real/p0", 250), ("real/p1", 250), ("real/p2", 250), ("real/p3", 250)],
            counts.Finish().Take(4).Select(package => (package.Package, package.Installs)));
        Assert.Equal(20, counts.Finish().Count);
        Assert.Equal(2000, counts.Finish().Sum(package => package.Installs) + counts.Uncounted);
    }

    private static IEnumerable<(CounterKey Key, InstallDelta Delta)> Deltas(InstallCounts counts) =>
        counts.Finish().SelectMany(package => package.Deltas());
}
