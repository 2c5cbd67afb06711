namespace TelemetryFunctions.Tests.Support;

public sealed class ManualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(Start);

    [Fact]
    public void Timers_fire_in_order_at_their_own_times()
    {
        var fired = new List<(string Name, DateTimeOffset At)>();
        using var late = Timer("late", 30, Timeout.Infinite);
        using var every = Timer("every", 10, 25);

        _clock.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(
            [("every", Start.AddSeconds(10)), ("late", Start.AddSeconds(30)), ("every", Start.AddSeconds(35))],
            fired);
        Assert.Equal(Start.AddSeconds(40), _clock.GetUtcNow());

        ITimer Timer(string name, int due, int period) => _clock.CreateTimer(
            _ => fired.Add((name, _clock.GetUtcNow())),
            null,
            TimeSpan.FromSeconds(due),
            period == Timeout.Infinite ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period));
    }

    [Fact]
    public async Task A_delay_ends_when_its_time_has_passed()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock);

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }

    [Fact]
    public void Setting_the_clock_lets_no_time_pass()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock);
        var timestamp = _clock.GetTimestamp();

        _clock.SetUtcNow(Start.AddHours(8));

        Assert.False(delay.IsCompleted);
        Assert.Equal(TimeSpan.Zero, _clock.GetElapsedTime(timestamp));
        Assert.Equal(Start.AddHours(8), _clock.GetUtcNow());
    }

    [Fact]
    public void A_disposed_timer_does_not_fire()
    {
        var fired = false;
        _clock.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();

        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.False(fired);
    }
}
