using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class VersionOrderTests
{
    private static readonly string[] NewestFirst =
    [
        "20230101", "5.x-dev", "5.10.x-dev", "5.10.0.1", "5.10.0-patch1", "5.10.0", "5.10.0-RC10", "5.10.0-RC2", "5.10.0-beta1", "5.10.0-alpha3",
        "5.10.0-dev", "5.9.0", "5.9.0-nightly", "4.0.0", "=1+1", "dev-Main", "dev-main", "dev-x-2", "dev-x-10", "übung", "other",
    ];

    [Fact]
    public void Releases_come_newest_first_then_branches_by_name_and_the_rest_last()
    {
        var versions = NewestFirst.ToArray();
        new Random(1).Shuffle(versions);
        Assert.Equal(NewestFirst, versions.Order(VersionOrder.NewestFirst));
    }

    [Fact]
    public void It_is_an_order()
    {
        foreach (var (x, i) in NewestFirst.Select((version, i) => (version, i)))
        {
            foreach (var (y, j) in NewestFirst.Select((version, j) => (version, j)))
                Assert.Equal(i.CompareTo(j), Math.Sign(VersionOrder.NewestFirst.Compare(x, y)));
        }
    }
}
