using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Events;

/// <summary>A service that takes events, and the key to it.</summary>
internal sealed class EventSite(TestSite site) : IAsyncDisposable
{
    private const string Key = "open-sesame";

    public TestSite Site => site;

    public static async Task<EventSite> StartAsync(TestStore store) => Open(await TestSite.StartAsync(store, settings: [$"--Standalone:FunctionKey={Key}"]));

    /// <summary>A service whose store can be killed.</summary>
    public static async Task<(EventSite Site, KillableStore Store)> StartKillableAsync(TestStore tables)
    {
        KillableStore? store = null;
        var site = await TestSite.StartAsync(tables, wrap: inner => store = new KillableStore(inner), settings: [$"--Standalone:FunctionKey={Key}"]);
        return (Open(site), store!);
    }

    public static async Task<EventSite> StartAsync(string directory) => Open(await TestSite.StartAsync(directory, settings: [$"--Standalone:FunctionKey={Key}"]));

    /// <summary>An event of now, with an id of a number.</summary>
    public Event Event(int id, Action<Event> payload, string? user = null, TimeSpan ago = default)
    {
        var made = new Event { Id = IdOf(id).ToString(), Timestamp = (site.Clock.GetUtcNow() - ago).ToTimestamp(), Service = "api" };
        if (user is not null)
            made.UserId = user;
        payload(made);
        return made;
    }

    public static Guid IdOf(int number) => new(number, 0x1234, 0x4321, [0x80, 1, 2, 3, 4, 5, 6, 7]);

    public async Task<(int Status, JsonElement Body)> PostAsync(byte[] body, string? type = null, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        if (type is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using var response = await site.Client.PostAsync("/events", content);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public Task<(int Status, JsonElement Body)> PostAsync(string json, string type = "application/json") => PostAsync(Encoding.UTF8.GetBytes(json), type);

    /// <summary>Sends a batch, and gives the counts of its answer.</summary>
    public async Task<(int Accepted, int Duplicate, int Rejected)> SendAsync(params IEnumerable<Event> events)
    {
        var (status, body) = await PostAsync(new EventBatch { Events = { events } }.ToByteArray());
        Assert.True(status == 200, body.GetRawText());
        return Counts(body);
    }

    public static (int Accepted, int Duplicate, int Rejected) Counts(JsonElement answer) =>
        (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicate").GetInt32(), answer.GetProperty("rejected").GetInt32());

    public async Task<RunResult> RunAsync() =>
        (await site.Service<SummaryRunner>().RunDueAsync(site.Service<EventSource>(), CancellationToken.None))!;

    /// <summary>A rollup, a line a series with something: <c>label value: 1 2 -</c>.</summary>
    public async Task<string> RollupAsync(string id, string query = "")
    {
        using var document = JsonDocument.Parse(await site.GetAsync($"/operations/{id}{query}"));
        return string.Join('\n', document.RootElement.GetProperty("series").EnumerateArray().Select(series =>
            $"{series.GetProperty("label").GetString()} {series.GetProperty("value").GetString()}".Trim() + ": "
            + string.Join(' ', series.GetProperty("values").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? "-" : value.GetRawText()))));
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    private static EventSite Open(TestSite site)
    {
        site.Client.DefaultRequestHeaders.Add("x-functions-key", Key);
        return new EventSite(site);
    }
}
