using TelemetryFunctions.Installs;
using TelemetryFunctions.Installs.Pages;

namespace TelemetryFunctions.Tests.Installs.Pages;

public sealed class InstallChartTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void Days_without_installs_are_zero_up_to_the_last_day()
    {
        var chart = InstallChart.Build([new(Day, 3, 1), new(Day.AddDays(2), 1, null)], Day.AddDays(3), null);
        Assert.Equal([new(Day, 3, 1), new(Day.AddDays(1), 0, 0), new(Day.AddDays(2), 1, null), new(Day.AddDays(3), 0, 0)], chart.Bars);
    }

    [Theory]
    [InlineData(92, "day", 92)]
    [InlineData(93, "week", 14)]
    [InlineData(731, "week", 105)]
    [InlineData(732, "month", 25)]
    public void The_step_suits_the_time_there_is(int days, string step, int bars)
    {
        var chart = InstallChart.Build([new(Day.AddDays(1 - days), 1, 0), new(Day, 1, 0)], Day, null);
        Assert.Equal((step, bars), (ChartSteps.NameOf(chart.Step), chart.Bars.Count));
        Assert.Equal(2, chart.Bars.Sum(bar => bar.Installs));
    }

    [Fact]
    public void Weeks_begin_on_Monday_and_months_on_the_first()
    {
        Assert.Equal(new DateOnly(2026, 11, 16), InstallChart.Build([new(Day, 1, 0)], Day, ChartStep.Week).Bars.Single().Start);
        Assert.Equal(new DateOnly(2026, 11, 16), InstallChart.Build([new(new(2026, 11, 22), 1, 0)], Day, ChartStep.Week).Bars.Single().Start);
        Assert.Equal(new DateOnly(2026, 11, 1), InstallChart.Build([new(Day, 1, 0)], Day, ChartStep.Month).Bars.Single().Start);
    }

    [Fact]
    public void What_was_in_CI_is_known_of_a_bar_where_it_is_known_of_all_its_days()
    {
        InstallDay[] days = [new(Day.AddDays(-7), 5, null), new(Day.AddDays(-4), 3, 2), new(Day, 4, 1)];
        Assert.Equal([new(new(2026, 11, 9), 5, null), new(new(2026, 11, 16), 7, 3)], InstallChart.Build(days, Day, ChartStep.Week).Bars);
        Assert.Equal([new(new(2026, 11, 1), 12, null)], InstallChart.Build(days, Day, ChartStep.Month).Bars);
    }

    [Fact]
    public void Every_bar_is_drawn_with_its_number()
    {
        var svg = InstallChartSvg.Draw(InstallChart.Build([new(Day, 1234, 0), new(Day.AddDays(1), 5, 2)], Day.AddDays(1), null));
        Assert.Contains("<title>2026-11-20: 1,234</title>", svg, StringComparison.Ordinal);
        Assert.Contains("<title>2026-11-21: 5, 2 of them in CI</title>", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", svg, StringComparison.Ordinal);
    }
}
