using System.Globalization;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Installs.Pages;
using TelemetryFunctions.Languages;

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

    [Theory]
    [InlineData(null, ChartStep.Day, "2026-11-10", 11)]
    [InlineData("2026-11-17", ChartStep.Day, "2026-11-17", 4)]
    [InlineData("2026-11-18", ChartStep.Week, "2026-11-16", 1)]
    [InlineData("2026-11-18", ChartStep.Month, "2026-11-01", 1)]
    [InlineData("2026-01-01", ChartStep.Day, "2026-11-10", 11)]
    public void Bars_begin_with_the_one_of_the_day_that_is_asked_for(string? first, ChartStep step, string start, int bars)
    {
        var chart = InstallChart.Build(
            [new(new(2026, 11, 10), 1, 0), new(Day, 1, 0)], Day, step, first is null ? null : DateOnly.Parse(first, CultureInfo.InvariantCulture));

        Assert.Equal((start, bars), (ChartSteps.LabelOf(ChartStep.Day, chart.Bars[0].Start), chart.Bars.Count));
    }

    [Fact]
    public void A_bar_is_open_until_all_of_it_is_counted()
    {
        var end = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

        Assert.True(ChartSteps.IsOpen(ChartStep.Week, new(2026, 11, 16), end.AddHours(-1)));
        Assert.False(ChartSteps.IsOpen(ChartStep.Week, new(2026, 11, 16), end));
        Assert.True(ChartSteps.IsOpen(ChartStep.Month, new(2026, 11, 1), end));
        Assert.True(ChartSteps.IsOpen(ChartStep.Day, Day, null));
    }

    [Fact]
    public void Every_bar_is_drawn_and_the_one_that_is_not_over_apart()
    {
        var chart = InstallChart.Build([new(Day, 1234, 0), new(Day.AddDays(2), 5, 2)], Day.AddDays(2), null);

        var html = InstallChartHtml.Render(chart, new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), Texts.English, "");

        Assert.Contains("""<path class="all" d="M0.1 383h0.8v617h-0.8z"/>""", html, StringComparison.Ordinal);
        Assert.Contains("""<path class="all open" d="M2.1 """, html, StringComparison.Ordinal);
        Assert.Contains("""<path class="ci open" d="M2.1 999h0.8v1h-0.8z"/>""", html, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=\"row\">2026-11-21</th><td>0</td><td>0</td></tr>", html, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=\"row\">2026-11-22 <em>so far</em></th><td>5</td><td>2</td></tr>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(9, 10)]
    [InlineData(240, 300)]
    [InlineData(1234, 2000)]
    [InlineData(8001, 10000)]
    public void The_scale_ends_at_a_round_number_whose_half_is_whole(long most, long ceiling) => Assert.Equal(ceiling, InstallChartHtml.Ceiling(most));
}
