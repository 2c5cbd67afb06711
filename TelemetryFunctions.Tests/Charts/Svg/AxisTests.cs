using System.Globalization;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Tests.Charts.Svg;

public sealed class AxisTests
{
    [Theory]
    [InlineData("2026-11-20", "2026-11-20", 8, "20 Nov 2026")]
    [InlineData("2026-12-30", "2027-01-03", 8, "30 Dec 2026, 31 Dec, 1 Jan 2027, 2 Jan, 3 Jan")]
    [InlineData("2026-10-28", "2026-11-26", 5, "28 Oct 2026, 4 Nov, 11 Nov, 18 Nov, 25 Nov")]
    [InlineData("2025-10-23", "2026-11-26", 7, "Nov 2025, Jan 2026, Mar, May, Jul, Sep, Nov")]
    [InlineData("2024-11-20", "2026-11-20", 5, "Jan 2025, Jul, Jan 2026, Jul")]
    [InlineData("2026-03-01", "2035-06-01", 6, "2028, 2030, 2032, 2034")]
    [InlineData("2027-02-01", "2027-11-26", 1, "1 Feb 2027")]
    public void Days_are_named_with_their_year(string first, string last, int max, string texts)
    {
        var ticks = TimeAxis.Ticks(Day(first), Day(last), max, Texts.English);

        Assert.Equal(texts, string.Join(", ", ticks.Select(tick => tick.Text)));
        Assert.All(ticks, tick => Assert.InRange(tick.Day, Day(first), Day(last)));
    }

    [Theory]
    [InlineData(0, true, "0, 1")]
    [InlineData(1, true, "0, 1")]
    [InlineData(3, true, "0, 1, 2, 3")]
    [InlineData(664, true, "0, 200, 400, 600, 800")]
    [InlineData(800, true, "0, 200, 400, 600, 800")]
    [InlineData(12_345, true, "0, 5,000, 10,000, 15,000")]
    [InlineData(2_000_000, true, "0, 500,000, 1M, 1.5M, 2M")]
    [InlineData(0.3, false, "0, 0.1, 0.2, 0.3")]
    [InlineData(13.4, false, "0, 5, 10, 15")]
    public void Values_are_named_in_round_numbers(double most, bool isWhole, string texts)
    {
        var axis = ValueAxis.Of(most, 4, isWhole);

        Assert.Equal(texts, string.Join(", ", axis.Ticks.Select(tick => ValueAxis.Text(tick, Texts.English))));
        Assert.Equal(axis.Ticks[^1], axis.Top, 9);
        Assert.True(axis.Top >= most);
    }

    [Fact]
    public void Names_are_moved_apart_and_stay_in_order()
    {
        Assert.Equal([10, 50], Spread.Apart([10, 50], 15, 0, 100));
        Assert.Equal([10, 25, 40], Spread.Apart([10, 11, 12], 15, 0, 100));
        Assert.Equal([100, 85, 70], Spread.Apart([100, 99, 98], 15, 0, 100));
        Assert.Equal([0, 15], Spread.Apart([-5, -5], 15, 0, 100));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
