using Microsoft.Extensions.Logging.Abstractions;
using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Events;

public sealed class EventHourReaderTests
{
    /// <summary>However few ids are remembered at a time, each event comes once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task Each_id_comes_once_in_bounded_memory(int maxIds)
    {
        var clock = new ManualClock(TestSite.Noon);
        var store = new EventStore(new MemoryTableStore(clock), clock);
        var random = new Random(maxIds);
        var ids = Enumerable.Range(0, 100).ToList();
        for (var batch = 0; batch < 20; batch++)
        {
            var sent = ids.OrderBy(_ => random.Next()).Take(30)
                .Select(id => new StoredEvent(EventId.Of(EventSite.IdOf(id)), TestSite.Noon.ToUnixTimeMilliseconds(), "api", "", new Event { TokenRefreshed = new TokenRefreshed() }));
            await store.StoreAsync(sent, CancellationToken.None);
        }

        var reader = new EventHourReader(store, NullLogger<EventHourReader>.Instance) { MaxIds = maxIds };
        var hour = Window.At(TestSite.Noon, EventStore.Hour);
        var count = Assert.Single(await reader.CountAsync(Window.Day(TestSite.Noon), CancellationToken.None));
        Assert.Equal((hour, 600), (count.Key, count.Value));
        var read = await reader.ReadAsync(hour, count.Value, CancellationToken.None).Select(stored => stored.Id).ToListAsync();

        Assert.Distinct(read);
        Assert.True(read.Count > 90);
        Assert.Equal(await AllAsync(store), read.ToHashSet());
    }

    private static async Task<HashSet<ulong>> AllAsync(EventStore store) =>
        await store.ReadAsync(Window.At(TestSite.Noon, EventStore.Hour), CancellationToken.None)
            .SelectMany(row => row.Read().Select(stored => stored.Id).ToAsyncEnumerable())
            .ToHashSetAsync();
}
