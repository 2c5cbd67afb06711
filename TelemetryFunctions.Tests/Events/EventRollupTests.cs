using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Storage;

using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Events;

/// <summary>What a service does with events, from one test store or another.</summary>
public abstract class EventRollupTests(TestStores stores) : IAsyncLifetime
{
    private readonly TestStore _store = stores.New();
    private EventSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await EventSite.StartAsync(_store);

        // Off the hour, on which a run waits for the grace.
        _site.Site.Clock.Advance(TimeSpan.FromMinutes(30));
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _store.Dispose();
    }

    [StoreFact]
    public async Task Every_kind_of_event_is_in_its_rollup()
    {
        await _site.SendAsync(
            Of(1, made => made.LoginAttempt = new LoginAttempt { Succeeded = true }),
            Of(2, made => made.LoginAttempt = new LoginAttempt()),
            Of(3, made => made.CodeVerified = new CodeVerified { Succeeded = true }),
            Of(4, made => made.TaskCreated = new TaskEvent()),
            Of(5, made => made.TaskCompleted = new TaskEvent { DurationMs = 100 }),
            Of(6, made => made.TaskCompleted = new TaskEvent { DurationMs = 300 }),
            Of(7, made => made.TaskCompleted = new TaskEvent { DurationMs = 500 }),
            Of(8, made => made.TaskFailed = new TaskEvent()),
            Of(9, made => made.IntegrationUsed = new Integration { Name = "github" }),
            Of(10, made => made.IntegrationError = new Integration { Name = "github", Error = "timeout" }),
            Of(11, made => made.WebhookReceived = new Webhook { Source = "gitlab" }),
            Of(12, made => made.CocoonClaimed = new Cocoon()),
            Of(13, made => made.SetupTokenUsed = new Cocoon()),
            Of(14, made => made.ProjectCreated = new Project()),
            Of(15, made => made.ApplicationError = new ApplicationError { Kind = "TimeoutException" }),
            Of(16, made => made.Custom = new Custom { Name = "coffee" }));
        await _site.RunAsync();

        Assert.Equal("attempts: 2\ncodes-verified: 1\nfailure-rate: 0.5\nfailures: 1", await _site.RollupAsync("authentication"));
        Assert.Equal("completed: 3\ncreated: 1\nfailed: 1\nmedian-duration-ms: 300\nsuccess-rate: 0.75", await _site.RollupAsync("tasks"));
        Assert.Equal("github used: 1\ngithub errors: 1", await _site.RollupAsync("integrations"));
        Assert.Equal("gitlab received: 1", await _site.RollupAsync("webhooks"));
        Assert.Equal("claimed: 1\nsetup-tokens-used: 1", await _site.RollupAsync("cocoons"));
        Assert.Equal("created: 1", await _site.RollupAsync("projects"));
        Assert.Equal("TimeoutException: 1", await _site.RollupAsync("errors"));
        Assert.Equal("coffee: 1", await _site.RollupAsync("custom"));
    }

    [StoreFact]
    public async Task Latencies_are_told_by_hour_and_route()
    {
        await _site.SendAsync(Enumerable.Range(1, 100).Select(i => Request(i, "/projects/{id}", i <= 3 ? 500u : 200u, i)));
        await _site.SendAsync(Request(101, "/health", 404, 2, ago: TimeSpan.FromHours(2)));
        await _site.RunAsync();

        Assert.Equal(
            """
            GET /health requests: 1 -
            GET /projects/{id} requests: - 100
            GET /health errors: 0 -
            GET /projects/{id} errors: - 3
            GET /health error-rate: 0 -
            GET /projects/{id} error-rate: - 0.03
            """.ReplaceLineEndings("\n"),
            string.Join('\n', (await _site.RollupAsync("api")).Split('\n').Where(line => !line.Contains("-ms", StringComparison.Ordinal))));
        foreach (var (percentile, latency) in new[] { (50, 50.0), (95, 95.0), (99, 99.0) })
        {
            var line = (await _site.RollupAsync("api")).Split('\n').Single(line => line.StartsWith($"GET /projects/{{id}} p{percentile}-ms", StringComparison.Ordinal));
            Assert.InRange(double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture), latency * 0.999, latency * 1.001);
        }
    }

    [StoreFact]
    public async Task Of_very_many_routes_the_largest_are_told_and_the_rest_is_other()
    {
        const int routes = 10_000;
        foreach (var batch in Enumerable.Range(0, routes + 50).Chunk(1_000))
            await _site.SendAsync(batch.Select(i => Request(i, i < routes ? $"/flood/{i}" : "/honest", 200, 1)));
        await _site.SendAsync(Request(routes + 50, new string('x', 100), 200, 1), Request(routes + 51, "", 200, 1));
        await _site.RunAsync();

        var requests = (await _site.RollupAsync("api")).Split('\n').Where(line => line.Contains(" requests: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(201, requests.Count);
        Assert.Contains("GET /honest requests: 50", requests);
        Assert.Equal(routes + 52, requests.Sum(line => int.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [StoreFact]
    public async Task An_event_that_comes_again_in_another_batch_counts_once()
    {
        await _site.SendAsync(Login(1, "a"), Login(2, "b"));
        await _site.SendAsync(Login(2, "b"), Login(3, "c"));
        await _site.RunAsync();

        Assert.Contains("attempts: 3", await _site.RollupAsync("authentication"), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Late_events_are_counted_in_their_own_day_and_in_the_months_it_is_in()
    {
        await _site.SendAsync(Login(1, "a"), Login(2, "a"));
        await _site.RunAsync();
        Assert.Equal("daily: 1\nmonthly: 1\nweekly: 1", await _site.RollupAsync("active-users"));

        _site.Site.Clock.Advance(TimeSpan.FromDays(1));
        await _site.SendAsync(Login(3, "b"));
        await _site.RunAsync();
        Assert.Equal("daily: 1 1\nmonthly: 1 2\nweekly: 1 2", await _site.RollupAsync("active-users"));

        _site.Site.Clock.Advance(TimeSpan.FromHours(1));
        await _site.SendAsync(Login(4, "c", TimeSpan.FromHours(25)));
        await _site.RunAsync();
        Assert.Equal("daily: 2 1\nmonthly: 2 3\nweekly: 2 3", await _site.RollupAsync("active-users"));
        Assert.Contains("attempts: 3 1", await _site.RollupAsync("authentication"), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Days_without_new_events_are_not_done_again()
    {
        await _site.SendAsync(Login(1, "a"));
        await _site.RunAsync();
        _site.Site.Clock.Advance(TimeSpan.FromHours(1));

        // Marks of an hour that is over are cleared by the run after it.
        Assert.Equal(1, (await _site.RunAsync()).Rows);
        Assert.Equal(0, (await _site.RunAsync()).Rows);

        await _site.SendAsync(Login(2, "a"));
        Assert.Equal(2, (await _site.RunAsync()).Rows);
    }

    [StoreFact]
    public async Task A_week_is_seven_days_and_a_month_thirty()
    {
        await _site.SendAsync(Login(1, "a"));
        _site.Site.Clock.Advance(TimeSpan.FromDays(30));
        await _site.SendAsync(Login(2, "b"));
        await _site.RunAsync();

        var lines = (await _site.RollupAsync("active-users", "?from=2026-11-18&to=2026-12-18")).Split('\n').ToDictionary(line => line.Split(':')[0], line => line.Split(' ')[1..]);
        Assert.Equal(31, lines["daily"].Length);
        Assert.Equal(["1", "1", "0"], new[] { lines["weekly"][0], lines["weekly"][6], lines["weekly"][7] });
        Assert.Equal(["1", "1", "1"], new[] { lines["monthly"][0], lines["monthly"][29], lines["monthly"][30] });
    }

    [StoreFact]
    public async Task Users_are_nowhere_but_in_their_events_and_go_with_them()
    {
        await _site.SendAsync(Login(1, "somebody-known"));
        await _site.RunAsync();
        Assert.NotEmpty(await RowsAsync(EventStore.Table));
        Assert.NotEmpty(await RowsAsync(UserDays.Table));
        Assert.True(await _store.HoldsAsync("somebody-known"));

        _site.Site.Clock.Advance(EventSource.Retention);
        await _site.RunAsync();

        Assert.Empty(await RowsAsync(EventStore.Table));
        Assert.False(await _store.HoldsAsync("somebody-known"));
        Assert.Empty(await RowsAsync(UserDays.Table));
        Assert.Contains("attempts: 1", await _site.RollupAsync("authentication", "?from=2026-11-18&to=2026-11-18"), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task A_row_that_can_not_be_read_is_skipped_and_the_others_count()
    {
        await _site.SendAsync(Login(1, "a"));
        var row = Assert.Single(await RowsAsync(EventStore.Table));
        await _site.Site.Store.UpsertAsync(EventStore.Table, [new Row(row.Partition, "0~ff", EventStore.Table.Columns.OfType<Column<byte[]>>().Single().Of([1, 2, 3]))]);

        var run = await _site.RunAsync();

        Assert.Equal((1, 1), (run.Rows, run.Skipped));
    }

    private Event Of(int id, Action<Event> payload) => _site.Event(id, payload);

    private Event Login(int id, string user, TimeSpan ago = default) => _site.Event(id, made => made.LoginAttempt = new LoginAttempt { Succeeded = true }, user, ago);

    private Event Request(int id, string route, uint status, double latency, TimeSpan ago = default) =>
        _site.Event(id, made => made.ApiRequest = new ApiRequest { Route = route, Method = "GET", Status = status, LatencyMs = latency }, ago: ago);

    private async Task<List<Row>> RowsAsync(TableSchema table) => await _site.Site.Store.ScanAsync(table, KeyRange.All).ToListAsync();
}

public sealed class SqliteEventRollupTests() : EventRollupTests(new SqliteStores());

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureEventRollupTests(Azurite azurite) : EventRollupTests(new AzuriteStores(azurite));
