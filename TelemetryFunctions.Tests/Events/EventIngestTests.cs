using System.IO.Compression;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Events;

public sealed class EventIngestTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private EventSite _site = null!;

    public async Task InitializeAsync() => _site = await EventSite.StartAsync(_directory);

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Without_the_key_nothing_is_taken_and_nothing_told()
    {
        using var client = new HttpClient { BaseAddress = _site.Site.Client.BaseAddress };

        Assert.Equal(401, (int)(await client.PostAsync("/events", new StringContent("[]"))).StatusCode);
        Assert.Equal(401, (int)(await client.GetAsync("/operations")).StatusCode);
        Assert.Equal(401, (int)(await client.GetAsync("/operations/api")).StatusCode);
    }

    [Fact]
    public async Task A_batch_is_one_row_for_each_hour_it_touches()
    {
        var events = Enumerable.Range(0, 100).Select(i => Login(i, TimeSpan.FromMinutes(i))).ToList();

        Assert.Equal((100, 0, 0), await _site.SendAsync(events));

        // From 12:00 back to 10:21.
        Assert.Equal(["2026111810", "2026111811", "2026111812"], (await RowsAsync()).Select(row => row.Partition[..10]));
    }

    [Fact]
    public async Task A_batch_that_is_sent_again_is_the_same_row()
    {
        var events = Enumerable.Range(0, 10).Select(i => Login(i)).ToList();

        Assert.Equal((10, 0, 0), await _site.SendAsync(events));
        Assert.Equal((0, 10, 0), await _site.SendAsync(events));
        Assert.Single(await RowsAsync());
    }

    [Fact]
    public async Task An_id_that_is_twice_in_a_batch_counts_once() =>
        Assert.Equal((2, 1, 0), await _site.SendAsync(Login(1), Login(2), Login(1, TimeSpan.FromHours(2))));

    [Theory]
    [InlineData("application/json", "[{0},{1}]")]
    [InlineData("application/json; charset=utf-8", "{\"events\":[{0},{1}],\"more\":{\"a\":[1]}}")]
    [InlineData("application/x-ndjson", "{0}\n\r\n{1}\r\n")]
    [InlineData("application/jsonl", "{0}\n{1}")]
    public async Task JSON_is_an_array_or_a_line_an_event(string type, string body)
    {
        var json = body.Replace("{0}", Json(1), StringComparison.Ordinal).Replace("{1}", Json(2), StringComparison.Ordinal);

        var (status, answer) = await _site.PostAsync(json, type);

        Assert.Equal((200, (2, 0, 0)), (status, EventSite.Counts(answer)));
    }

    [Fact]
    public async Task A_body_may_be_compressed()
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
            gzip.Write(new EventBatch { Events = { Login(1) } }.ToByteArray());

        var (status, answer) = await _site.PostAsync(zipped.ToArray(), "application/x-protobuf", "gzip");
        var (cut, _) = await _site.PostAsync(zipped.ToArray()[..^3], "application/x-protobuf", "gzip");

        Assert.Equal((200, (1, 0, 0)), (status, EventSite.Counts(answer)));
        Assert.Equal(400, cut);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "{}", "id is not a UUID" },
        { "7", "no event as events.proto describes it" },
        { "null", "no event as events.proto describes it" },
        { """{"id":"ID"}""", "timestamp is missing" },
        { """{"id":"nonsense","timestamp":"NOW"}""", "id is not a UUID" },
        { """{"id":"ID","timestamp":"now"}""", "no event as events.proto describes it" },
        { """{"id":"ID","timestamp":"NOW","service":""}""", "service has 0 characters" },
        { """{"id":"ID","timestamp":"NOW","service":"api"}""", "It says nothing" },
        { """{"id":"ID","timestamp":"NOW","service":"api","apiRequest":{"latencyMs":"NaN"}}""", "0 or more" },
        { """{"id":"ID","timestamp":"NOW","service":"api","apiRequest":{"latencyMs":"Infinity"}}""", "0 or more" },
        { """{"id":"ID","timestamp":"NOW","service":"api","apiRequest":{"latencyMs":-0.1}}""", "0 or more" },
        { """{"id":"ID","timestamp":"NOW","service":"api","databaseQuery":{"latencyMs":-1}}""", "0 or more" },
        { """{"id":"ID","timestamp":"NOW","service":"api","taskCompleted":{"durationMs":-1}}""", "0 or more" },
        { """{"id":"ID","timestamp":"NOW","service":"api","apiRequest":{"status":-1}}""", "no event as events.proto describes it" },
        { """{"id":"ID","timestamp":"NOW","service":"api","apiRequest":{"route":"LONG"}}""", "at most 8192 are taken" },
        { """{"id":"ID","timestamp":"NOW","service":"LONG","tokenRefreshed":{}}""", "service has 61440 characters" },
        { """{"id":"ID","timestamp":"NOW","service":"api","userId":"LONG","tokenRefreshed":{}}""", "user_id has 61440 characters" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_with_an_event_is_said_and_the_others_are_taken(string json, string reason)
    {
        var wrong = json
            .Replace("ID", EventSite.IdOf(1).ToString(), StringComparison.Ordinal)
            .Replace("NOW", "2026-11-18T12:00:00Z", StringComparison.Ordinal)
            .Replace("LONG", new string('x', 60 * 1024), StringComparison.Ordinal);

        foreach (var (type, body) in new[] { ("application/json", $"[{Json(2)},{wrong}]"), ("application/x-ndjson", $"{Json(3)}\n{wrong}") })
        {
            var (status, answer) = await _site.PostAsync(body, type);

            Assert.Equal((200, (1, 0, 1)), (status, EventSite.Counts(answer)));
            var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
            Assert.Equal(1, error.GetProperty("index").GetInt32());
            Assert.Contains(reason, error.GetProperty("reason").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-3.00:00:00", true)]
    [InlineData("-3.00:00:00.001", false)]
    [InlineData("00:10:00", true)]
    [InlineData("00:10:00.001", false)]
    [InlineData("-60000.00:00:00", false)]
    public async Task Events_are_of_the_last_three_days(string offset, bool isTaken) =>
        Assert.Equal(isTaken ? (1, 0, 0) : (0, 0, 1), await _site.SendAsync(Login(1, -TimeSpan.Parse(offset, null))));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(1794960000, -1)]
    [InlineData(1794960000, int.MaxValue)]
    public async Task A_time_that_is_none_is_rejected(long seconds, int nanos)
    {
        var wrong = Login(1);
        wrong.Timestamp = new Timestamp { Seconds = seconds, Nanos = nanos };

        Assert.Equal((1, 0, 1), await _site.SendAsync(wrong, Login(2)));
    }

    [Theory]
    [InlineData("application/json", "", 400, "empty")]
    [InlineData("application/json", "[", 400, "no JSON array of events")]
    [InlineData("application/json", "[{}] x", 400, "no JSON array of events")]
    [InlineData("application/json", "\"x\"", 400, "neither an array")]
    [InlineData("application/json", "{\"event\":[]}", 400, "neither an array")]
    [InlineData("application/x-protobuf", "nonsense", 400, "no EventBatch of events.proto")]
    [InlineData("text/plain", "[]", 415, "Content-Type is")]
    public async Task What_is_no_batch_is_refused(string type, string body, int expected, string detail)
    {
        var (status, answer) = await _site.PostAsync(body, type);

        Assert.Equal(expected, status);
        Assert.Contains(detail, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task A_batch_is_bounded()
    {
        var most = new EventBatch { Events = { Enumerable.Range(0, EventLimits.MaxEvents).Select(i => Login(i)) } };
        Assert.Equal((1000, 0, 0), EventSite.Counts((await _site.PostAsync(most.ToByteArray())).Body));

        most.Events.Add(Login(1000));
        Assert.Equal(413, (await _site.PostAsync(most.ToByteArray())).Status);
        Assert.Equal(413, (await _site.PostAsync("[" + string.Join(',', Enumerable.Repeat("{}", 1001)) + "]")).Status);
        Assert.Equal(200, (await _site.PostAsync("[]".PadRight(EventLimits.MaxBytes))).Status);
        Assert.Equal(413, (await _site.PostAsync("[]".PadRight(EventLimits.MaxBytes + 1))).Status);
    }

    [Fact]
    public async Task A_batch_that_does_not_compress_is_more_rows()
    {
        var random = new Random(1);
        var events = Enumerable.Range(0, 90).Select(i =>
        {
            var noise = new byte[4_000];
            random.NextBytes(noise);
            return _site.Event(i, made => made.Custom = new Custom { Name = Convert.ToBase64String(noise) });
        });

        Assert.Equal((90, 0, 0), await _site.SendAsync(events));
        var rows = await RowsAsync();
        Assert.InRange(rows.Count, 5, 20);
        Assert.Equal(90, (await _site.RunAsync()).Rows);
    }

    [Theory]
    [InlineData("?from=0001-01-01&to=9999-12-31", 200)]
    [InlineData("?from=9999-12-31&to=9999-12-31", 200)]
    [InlineData("?from=0001-01-01", 200)]
    [InlineData("?to=0001-01-01", 200)]
    [InlineData("?to=0001-01-02&format=csv", 200)]
    [InlineData("?from=9999-12-31", 400)]
    [InlineData("?from=2026-11-20&to=2026-11-19", 400)]
    [InlineData("?from=2026-02-30", 400)]
    [InlineData("?format=svg", 400)]
    public async Task Any_days_can_be_asked_for(string query, int expected)
    {
        foreach (var rollup in new[] { "tasks", "api" })
            Assert.Equal(expected, (int)(await _site.Site.Client.GetAsync($"/operations/{rollup}{query}")).StatusCode);
    }

    [Fact]
    public async Task A_PUT_rolls_up_today_once()
    {
        await _site.SendAsync(Login(1), Login(2));

        Assert.Contains("\"events\":2", await (await _site.Site.PutAsync()).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("attempts: 2", await _site.RollupAsync("authentication"), StringComparison.Ordinal);
    }

    private Event Login(int id, TimeSpan ago = default) => _site.Event(id, made => made.LoginAttempt = new LoginAttempt { Succeeded = true }, ago: ago);

    private string Json(int id) => JsonFormatter.Default.Format(Login(id));

    private async Task<List<Row>> RowsAsync() => await _site.Site.Store.ScanAsync(EventStore.Table, KeyRange.All).ToListAsync();
}
