using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Adoption;

namespace TelemetryFunctions.Tests.Charts.Adoption;

public sealed class AdoptionBuilderTests
{
    private static readonly DateOnly First = new(2026, 11, 1);

    [Fact]
    public void A_version_is_taken_up_from_the_day_on_which_it_appears()
    {
        var adoption = Build(("3.9", [10, 8, 4, 2]), ("3.10", [null, 2, 6, 8]));

        var curve = Assert.Single(adoption.Curves);
        Assert.Equal("3.10", curve.Version);
        Assert.Equal([0.2, 0.6, 0.8], curve.Shares);
        Assert.Equal(["3.10", "3.9"], adoption.Versions.Select(version => version.Version));
    }

    [Fact]
    public void A_lifetime_has_its_first_day_its_peak_its_half_life_and_its_last_day()
    {
        var adoption = Build(("3.9", [10, 8, 2, 0, 0]), ("3.10", [null, 2, 8, 5, 3]), ("3.11", [null, null, null, 5, 7]));

        Assert.Equal(
            [
                new VersionLifetime("3.11", First.AddDays(3), First.AddDays(4), 7, 0.7, null, First.AddDays(4), 0.7, null),
                new VersionLifetime("3.10", First.AddDays(1), First.AddDays(2), 8, 0.8, 2, First.AddDays(4), 0.3, null),
                new VersionLifetime("3.9", null, First, 10, 1, 2, First.AddDays(2), 0, null),
            ],
            adoption.Versions);
    }

    [Fact]
    public void What_is_folded_or_was_not_counted_is_not_known()
    {
        var adoption = Build(("3.9", [9, null, 9, null]), ("3.10", [null, null, 3, null]), ("other", [1, null, null, 12]));

        var (newer, older) = (adoption.Versions[0], adoption.Versions[1]);
        Assert.Equal((First.AddDays(2), 0.25, null, null), (newer.FirstSeen, newer.PeakShare, newer.HalfLifeDays, newer.Share));
        Assert.Equal((null, 0.9, null, First.AddDays(2)), (older.FirstSeen, older.PeakShare, older.HalfLifeDays, older.LastSeen));
        Assert.Equal([0.25, null], Assert.Single(adoption.Curves).Shares);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void After_a_long_gap_nobody_knows_when_a_version_appeared(int gap, bool isKnown)
    {
        var adoption = Build(
            ("3.9", [5, .. Enumerable.Repeat<double?>(null, gap), 3]),
            ("3.10", [null, .. Enumerable.Repeat<double?>(null, gap), 2]));

        Assert.Equal(isKnown ? First.AddDays(gap + 1) : null, adoption.Versions[0].FirstSeen);
        Assert.Equal(isKnown ? 1 : 0, adoption.Curves.Count);
    }

    [Fact]
    public void What_is_no_version_has_no_life_but_counts_in_the_whole()
    {
        var adoption = Build(("3.9", [2, 2]), ("main", [1, 1]), ("unknown", [1, 1]), ("other", [4, 4]));

        Assert.Equal(("3.9", 0.25), (Assert.Single(adoption.Versions).Version, adoption.Versions[0].PeakShare));
    }

    [Fact]
    public void The_newest_versions_have_curves_of_a_year()
    {
        const int days = 400;
        var adoption = Build(
            [("1.0", [.. Enumerable.Repeat<double?>(10, days)]),
            .. Enumerable.Range(1, 12).Select(minor => ($"1.{minor}", Enumerable.Range(0, days).Select(day => day < minor ? null : (double?)1).ToArray()))]);

        Assert.Equal(["1.12", "1.11", "1.10", "1.9", "1.8", "1.7", "1.6", "1.5"], adoption.Curves.Select(curve => curve.Version));
        Assert.All(adoption.Curves, curve => Assert.Equal(AdoptionBuilder.MaxCurveDays, curve.Shares.Count));
        Assert.Equal(13, adoption.Versions.Count);
    }

    [Fact]
    public void Those_on_supported_versions_are_a_share_of_those_whose_version_is_told()
    {
        var adoption = AdoptionBuilder.Build(
            Document(("3.9", [6, 0, null]), ("3.9.1", [2, 2, null]), ("3.90", [0, 4, null]), ("3.10", [null, 2, null]), ("other", [5, null, null])),
            "xyz",
            ["3.9", "3.11"]);

        Assert.Equal(["3.9", "3.11"], adoption.Supported!.Versions);
        Assert.Equal([1, 0.25, null], adoption.Supported.Shares);
        Assert.Equal(["3.90 False", "3.10 False", "3.9.1 True", "3.9 True"], adoption.Versions.Select(version => $"{version.Version} {version.IsSupported}"));
    }

    [Fact]
    public void A_day_that_is_not_over_is_left_out()
    {
        var document = Document(("3.9", [5, 5, 1]), ("3.10", [null, 5, 2])) with { Provisional = true };

        var adoption = AdoptionBuilder.Build(document, "xy", ["3.10"]);

        Assert.Equal((0.5, First.AddDays(1)), (adoption.Versions[0].Share, adoption.Versions[0].LastSeen));
        Assert.Equal(2, adoption.Supported!.Times.Count);
    }

    [Fact]
    public void Nothing_comes_of_nothing()
    {
        var adoption = Build();

        Assert.Empty(adoption.Versions);
        Assert.Empty(adoption.Curves);
        Assert.Empty(AdoptionBuilder.Build(Document(("3.9", [null])) with { Provisional = true }, "xy", []).Versions);
    }

    private static AdoptionDocument Build(params (string Label, double?[] Values)[] series) => AdoptionBuilder.Build(Document(series), "xy", null);

    private static ChartDocument Document(params (string Label, double?[] Values)[] series) => new(
        "components/core",
        "core",
        "systems",
        First,
        false,
        [.. Enumerable.Range(0, series.FirstOrDefault().Values?.Length ?? 0).Select(day => ChartQuery.Ms(First.AddDays(day)))],
        [.. series.Select(series => new ChartSeries(series.Label, series.Values))]);
}
