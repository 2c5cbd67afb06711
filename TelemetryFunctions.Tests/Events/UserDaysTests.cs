using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Events;

public sealed class UserDaysTests
{
    /// <summary>Each of a million users is active on one day of the last 30 or on several.</summary>
    [Fact]
    public async Task A_million_users_are_counted_exactly()
    {
        const int all = 1_000_000, days = 30, often = 50_000;
        var random = new Random(1);
        var users = Enumerable.Range(0, all).Select(_ => unchecked((ulong)random.NextInt64() * 2 + 1)).ToArray();
        var store = new UserDays(new MemoryTableStore(TimeProvider.System));
        var last = new DateOnly(2026, 11, 18);
        var active = new List<HashSet<ulong>>();
        for (var ago = 0; ago < days; ago++)
        {
            var day = users.Where((_, i) => i % days == ago).ToHashSet();
            for (var i = 0; i < often; i++)
                day.Add(users[random.Next(all)]);
            active.Add(day);
            await store.ReplaceAsync(last.AddDays(-ago), day, CancellationToken.None);
        }

        var counts = await store.CountAsync(last, [1, 7, days], CancellationToken.None);

        Assert.Equal([active[0].Count, active.Take(7).SelectMany(day => day).Distinct().Count(), all], counts);
    }
}
