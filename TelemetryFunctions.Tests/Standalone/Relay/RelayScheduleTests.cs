using System.Globalization;
using TelemetryFunctions.Standalone.Relay;

namespace TelemetryFunctions.Tests.Standalone.Relay;

/// <summary>When a relay sends.</summary>
public sealed class RelayScheduleTests
{
    [Theory]
    [InlineData(0, "12:00:00", "13:00:00")]
    [InlineData(1_800, "12:00:00", "12:30:00")]
    [InlineData(1_800, "12:30:00", "13:30:00")]
    [InlineData(3_594, "23:00:00", "23:57:59")]
    [InlineData(1_800, "23:30:00", "23:53:00")]
    [InlineData(1_800, "23:53:00", "23:53:10")]
    [InlineData(1_800, "23:59:55", "1.00:00:05")]
    [InlineData(1_800, "00:00:05", "00:00:15")]
    [InlineData(1_800, "00:00:15", "00:30:00")]
    [InlineData(5, "00:00:00", "00:00:05")]
    public void It_is_each_hour_at_a_moment_of_its_own_and_before_midnight_as_long_as_a_day_is_open(int offset, string after, string next) =>
        Assert.Equal(At(next), new RelaySchedule(offset).Next(At(after)));

    [Fact]
    public void Whatever_is_drawn_it_goes_on_and_no_day_ends_without_a_last_run()
    {
        foreach (var offset in Enumerable.Range(0, 360).Select(i => i * 10))
        {
            var schedule = new RelaySchedule(offset);
            var (time, runs, last) = (At("00:00:20"), 0, TimeSpan.Zero);
            for (var next = schedule.Next(time); next < At("1.00:00:00"); next = schedule.Next(time))
            {
                Assert.InRange(next, time + TimeSpan.FromTicks(1), time + TimeSpan.FromHours(1));
                (time, runs, last) = (next, runs + 1, next - At("00:00:00"));
            }

            Assert.InRange(last, new TimeSpan(23, 59, 49), TimeSpan.FromDays(1));
            Assert.True(runs > 24);
        }
    }

    private static DateTimeOffset At(string time) => new DateTimeOffset(2026, 11, 18, 0, 0, 0, TimeSpan.Zero) + TimeSpan.Parse(time, CultureInfo.InvariantCulture);
}
