using System.Net;
using System.Text;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Installs;

/// <summary>Installs that come through one relay come from one address, and are those of many clients all the same.</summary>
public sealed class RelayedInstallTests : IAsyncLifetime
{
    private const string RelayKey = "a-key-for-relays-of-this-test";
    private const string Body = """{"downloads":[{"name":"vendor/package","version":"1.0.0.0"}]}""";

    private readonly TemporaryDirectory _directory = new();
    private bool _isAway;
    private TestSite _site = null!;

    public async Task InitializeAsync() => _site = await TestSite.StartAsync(
        _directory, wrap: store => new FailingStore(store, () => _isAway), settings: $"--Telemetry:RelayKey={RelayKey}");

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_relay_that_is_believed_tells_its_clients_apart()
    {
        foreach (var client in new[] { "one", "two", "one", new string('x', 65), new string('y', 65) })
            Assert.Equal(HttpStatusCode.OK, await SendAsync(client, RelayKey));

        // The two that are too long for a client are those of the relay's address.
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task Without_the_key_all_that_comes_from_an_address_is_one_client()
    {
        foreach (var client in new[] { "one", "two", "three" })
            await SendAsync(client, "a-key-for-relays-of-another-test");

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_relay_is_told_where_the_store_is_away_because_it_can_send_again()
    {
        _isAway = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync("one", RelayKey));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("one", ""));
        _isAway = false;

        Assert.Equal(HttpStatusCode.OK, await SendAsync("one", RelayKey));
        Assert.Equal(1, await CountAsync());
    }

    private async Task<HttpStatusCode> SendAsync(string client, string key)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/downloads") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        message.Headers.Add("X-Relay-Client", client);
        message.Headers.Add("X-Relay-Key", key);
        using var response = await _site.Client.SendAsync(message);
        return response.StatusCode;
    }

    private ValueTask<int> CountAsync() => _site.Store.ScanAsync(InstallStore.Table, KeyRange.All, []).CountAsync();

    /// <summary>A store that can be away.</summary>
    private sealed class FailingStore(ITableStore inner, Func<bool> isAway) : StoreWrapper(inner)
    {
        public override Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default) =>
            isAway() ? throw new StoreUnavailableException("It is away.") : base.UpsertAsync(table, rows, notAfter, cancellation);
    }
}
