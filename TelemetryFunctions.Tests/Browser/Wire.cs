using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>Counts what goes over the wire, by the DevTools protocol: headers and bodies as they are sent, nothing for what a cache has.</summary>
internal sealed class Wire
{
    private readonly Dictionary<string, string> _paths = [];
    private readonly Dictionary<string, int> _statuses = [];
    private readonly List<string> _withBody = [];

    private Wire()
    {
    }

    public long Bytes { get; private set; }

    public int Count { get; private set; }

    /// <summary>The paths whose answers had a body, in the order of their ends.</summary>
    public IReadOnlyList<string> WithBody => _withBody;

    public static async Task<Wire> ListenAsync(IPage page)
    {
        var wire = new Wire();
        var session = await page.Context.NewCDPSessionAsync(page);
        // What came from the cache has no extra information: that is of the wire. It also tells a 304 for what the page sees as 200.
        session.Event("Network.responseReceivedExtraInfo").OnEvent += (_, e) => wire._statuses[Id(e)] = e!.Value.GetProperty("statusCode").GetInt32();
        session.Event("Network.responseReceived").OnEvent += (_, e) => wire._paths[Id(e)] = PathOf(e!.Value.GetProperty("response"));
        session.Event("Network.loadingFinished").OnEvent += (_, e) => wire.Finished(Id(e), (long)e!.Value.GetProperty("encodedDataLength").GetDouble());
        await session.SendAsync("Network.enable");
        return wire;
    }

    private static string Id(JsonElement? e) => e!.Value.GetProperty("requestId").GetString()!;

    private static string PathOf(JsonElement response) => new Uri(response.GetProperty("url").GetString()!).AbsolutePath;

    private void Finished(string id, long bytes)
    {
        if (!_statuses.TryGetValue(id, out var status))
            return;

        Bytes += bytes;
        Count++;
        if (status == StatusCodes.Status200OK)
            _withBody.Add(_paths[id]);
    }
}
