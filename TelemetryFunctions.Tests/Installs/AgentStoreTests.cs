using TelemetryFunctions.Installs;
using TelemetryFunctions.Installs.Schema;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

public sealed class AgentStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 20);

    private readonly MemoryTableStore _disk = new(new ManualClock(Noon));

    [Fact]
    public async Task A_window_is_added_once()
    {
        var store = new AgentStore(_disk);
        await store.ApplyAsync(Day, Linux(2), Noon, default);
        await store.ApplyAsync(Day, Linux(2), Noon, default);
        await store.ApplyAsync(Day, Linux(3), Noon.AddHours(1), default);
        Assert.Equal([(Day, 5)], await ReadAsync(store));
    }

    /// <summary>Killed at whatever write, before or after it is done, and run again: each install counts once, today.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task What_a_clock_that_was_ahead_counted_counts_today_wherever_it_is_killed(bool isDone, bool hasToday)
    {
        for (var writes = 1; writes <= 4; writes++)
        {
            var disk = new MemoryTableStore(new ManualClock(Noon));
            var store = new AgentStore(disk);
            await store.ApplyAsync(Day.AddDays(-1), Linux(1), Noon.AddDays(-1), default);
            if (hasToday)
                await store.ApplyAsync(Day, Linux(10), Noon, default);
            await store.ApplyAsync(Day.AddDays(1), Linux(100), Noon.AddDays(1), default);
            await store.ApplyAsync(Day.AddYears(2), Linux(1000), Noon.AddYears(2), default);

            var mortal = new MortalStore(disk, writes, isDone);
            if (writes < 4)
                await Assert.ThrowsAsync<KilledException>(() => new AgentStore(mortal).RewindAsync(Day, Noon, default));
            await store.RewindAsync(Day, Noon, default);
            await store.RewindAsync(Day, Noon, default);
            Assert.Equal([(Day.AddDays(-1), 1), (Day, hasToday ? 1110 : 1100)], await ReadAsync(store));

            // Ahead once more, less far than before, and then the windows that are still to be added.
            await store.ApplyAsync(Day.AddDays(1), Linux(10_000), Noon.AddDays(1), default);
            await store.RewindAsync(Day, Noon, default);
            await store.ApplyAsync(Day, Linux(100_000), Noon.AddHours(1), default);
            Assert.Equal(hasToday ? 111_110 : 111_100, (await ReadAsync(store))[^1].Installs);
        }
    }

    [Fact]
    public async Task A_clock_that_was_ahead_by_hours_leaves_today_and_what_is_still_to_be_added()
    {
        var store = new AgentStore(_disk);
        await store.ApplyAsync(Day, Linux(1), Noon.AddHours(6), default);
        await store.RewindAsync(Day, Noon, default);
        await store.ApplyAsync(Day, Linux(2), Noon.AddHours(1), default);
        Assert.Equal([(Day, 3)], await ReadAsync(store));
    }

    private static AgentCounts Linux(int installs)
    {
        var counts = new AgentCounts();
        for (var i = 0; i < installs; i++)
            counts.Add(new ClientAgent(false, "Linux", "8.3"));
        return counts;
    }

    private static async Task<List<(DateOnly Day, long Installs)>> ReadAsync(AgentStore store)
    {
        var days = await store.ReadAsync(default).ToListAsync();
        Assert.All(days, day => Assert.Equal(day.Counts.Platforms["Linux"], day.Counts.Php["8.3"]));
        return [.. days.Select(day => (day.Day, day.Counts.Platforms["Linux"]))];
    }
}
