using TelemetryFunctions.Installs.Pages;

namespace TelemetryFunctions.Tests.Installs.Pages;

public sealed class InstallChartTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void Days_without_installs_are_zero_up_to_the_last_day()
    {
        var chart = InstallChart.Build([(Day, 3), (Day.AddDays(2), 1)], Day.AddDays(3), null);
        Assert.Equal([(Day, 3L), (Day.AddDays(1), 0L), (Day.AddDays(2), 1L), (Day.AddDays(3), 0L)], chart.Bars);
    }

    [Theory]
    [InlineData(92, "day", 92)]
    [InlineData(93, "week", 14)]
    [InlineData(731, "week", 105)]
    [InlineData(732, "month", 25)]
    public void The_step_suits_the_time_there_is(int days, string step, int bars)
    {
        var chart = InstallChart.Build([(Day.AddDays(1 - days), 1), (Day, 1)], Day, null);
        Assert.Equal((step, bars), (InstallChart.NameOf(chart.Step), chart.Bars.Count));
        Assert.Equal(2, chart.Bars.Sum(bar => bar.Installs));
    }

    [Fact]
    public void Weeks_begin_on_Monday_and_months_on_the_first()
    {
        Assert.Equal(new DateOnly(2026, 11, 16), InstallChart.Build([(Day, 1)], Day, ChartStep.Week).Bars.Single().Start);
        Assert.Equal(new DateOnly(2026, 11, 16), InstallChart.Build([(new(2026, 11, 22), 1)], Day, ChartStep.Week).Bars.Single().Start);
        Assert.Equal(new DateOnly(2026, 11, 1), InstallChart.Build([(Day, 1)], Day, ChartStep.Month).Bars.Single().Start);
    }

    [Fact]
    public void Every_bar_is_drawn_with_its_number()
    {
        var svg = InstallChartSvg.Draw(InstallChart.Build([(Day, 1234), (Day.AddDays(1), 5)], Day.AddDays(1), null));
        Assert.Contains("<title>2026-11-20: 1,234</title>", svg, StringComparison.Ordinal);
        Assert.Contains("<title>2026-11-21: 5</title>", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", svg, StringComparison.Ordinal);
    }
}
