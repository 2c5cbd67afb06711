using TelemetryFunctions.Charts.Documents;

namespace TelemetryFunctions.Tests.Charts.Documents;

public sealed class BodyCacheTests
{
    private int _made;

    [Fact]
    public async Task A_body_is_made_once_a_version()
    {
        var cache = new BodyCache();

        await GetAsync(cache, "a", "1");
        await GetAsync(cache, "a", "1");
        Assert.Equal(1, _made);

        await GetAsync(cache, "a", "2");
        await GetAsync(cache, "b", "2");
        Assert.Equal(3, _made);
    }

    [Fact]
    public async Task What_was_asked_for_longest_ago_makes_room()
    {
        var cache = new BodyCache(maxBytes: 300);
        await GetAsync(cache, "a", "1");
        await GetAsync(cache, "b", "1");
        await GetAsync(cache, "a", "1");
        await GetAsync(cache, "c", "1");
        Assert.Equal(3, _made);

        await GetAsync(cache, "a", "1");
        Assert.Equal(3, _made);
        await GetAsync(cache, "b", "1");
        Assert.Equal(4, _made);
    }

    [Fact]
    public async Task A_body_larger_than_the_cache_is_sent_and_not_kept()
    {
        var cache = new BodyCache(maxBytes: 100);

        Assert.NotNull(await GetAsync(cache, "a", "1"));
        Assert.NotNull(await GetAsync(cache, "a", "1"));

        Assert.Equal(2, _made);
    }

    private Task<ChartBody?> GetAsync(BodyCache cache, string key, string version) => cache.GetAsync(key, version, () =>
    {
        _made++;
        return Task.FromResult<ChartBody?>(new ChartBody(version, ChartBody.Json, null, new byte[90], new byte[20], new byte[30]));
    });
}
