using TelemetryFunctions.Events;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Events;

public sealed class UserHashesTests
{
    private readonly MemoryTableStore _store = new(TimeProvider.System);

    [Fact]
    public async Task Instances_that_ask_at_once_get_the_same_hashes()
    {
        var hashes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => (await New().GetHashAsync(default))("somebody"))));

        Assert.Single(hashes.Distinct());
        Assert.Single(await _store.ScanAsync(SecretStore.Table, KeyRange.All).ToListAsync());
    }

    [Fact]
    public async Task A_store_of_its_own_has_hashes_of_its_own() => Assert.NotEqual(
        (await New().GetHashAsync(default))("somebody"),
        (await new UserHashes(new MemoryTableStore(TimeProvider.System)).GetHashAsync(default))("somebody"));

    [Fact]
    public async Task Users_have_different_hashes()
    {
        var hash = await New().GetHashAsync(default);

        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(i => hash($"user-{i}")).Distinct().Count());
    }

    private UserHashes New() => new(_store);
}
