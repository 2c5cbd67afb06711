using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class DailyInstallsTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void Nothing_is_nothing()
    {
        Assert.Equal(0, DailyInstalls.None.Last30(Day));
        Assert.Equal(0, DailyInstalls.Parse([]).On(Day));
    }

    [Fact]
    public void The_window_slides_without_new_installs()
    {
        var days = DailyInstalls.None.Plus(Day, 3).Plus(Day.AddDays(10), 2);
        Assert.Equal(5, days.Last30(Day.AddDays(10)));
        Assert.Equal(5, days.Last30(Day.AddDays(29)));
        Assert.Equal(2, days.Last30(Day.AddDays(30)));
        Assert.Equal(2, days.Last30(Day.AddDays(39)));
        Assert.Equal(0, days.Last30(Day.AddDays(40)));
        Assert.Equal(3, days.Last30(Day.AddDays(9)));
    }

    [Fact]
    public void Days_add_up_in_any_order_and_survive_storing()
    {
        var expected = new Dictionary<DateOnly, long>();
        var random = new Random(1);
        var days = DailyInstalls.None;
        for (var i = 0; i < 1000; i++)
        {
            var day = Day.AddDays(i / 20 - random.Next(2));
            days = DailyInstalls.Parse(days.Plus(day, i).ToBytes());
            expected[day] = expected.GetValueOrDefault(day) + i;
            var today = Day.AddDays(i / 20);
            Assert.Equal(expected.Where(count => count.Key > today.AddDays(-30) && count.Key <= today).Sum(count => count.Value), days.Last30(today));
            Assert.Equal(expected[day], days.On(day));
        }
    }

    [Fact]
    public void A_day_of_long_ago_adds_nothing_to_the_last_days() =>
        Assert.Equal(1, DailyInstalls.None.Plus(Day, 1).Plus(Day.AddDays(-100), 7).Last30(Day));
}
