using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Events;
using TelemetryFunctions.Tests.Support;
using Event = TelemetryFunctions.Events.Schema.Event;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>A site with some days of events of every kind, the last of them half over, and one without any.</summary>
public sealed class OperationsSite : IAsyncLifetime
{
    public const string Key = "a key for maintainers";

    private static readonly string[] Routes = ["/projects", "/<script>alert(1)</script>", "/tasks", "/tasks/{id}", "/tasks/{id}/logs", "/users/me", "/health", "/search", "/webhooks", "/integrations"];

    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _emptyDirectory = new();

    internal TestSite Full { get; private set; } = null!;

    internal TestSite Empty { get; private set; } = null!;

    /// <summary>How many days there are; more are for who wants to look at them.</summary>
    private static int Days => int.TryParse(Environment.GetEnvironmentVariable("OPERATIONS_DAYS"), out var days) ? days : 9;

    public async Task InitializeAsync()
    {
        if (ChromiumSkip.Reason is not null)
            return;

        Empty = await StartAsync(_emptyDirectory);
        Full = await StartAsync(_directory);
        Full.Client.DefaultRequestHeaders.Add("x-functions-key", Key);
        var random = new Random(1);
        for (var day = 0; day < Days; day++)
        {
            if (day > 0)
                Full.Clock.Advance(TimeSpan.FromDays(1));
            await SendAsync(random, day == 0 ? 12 : 24);
            await Full.Service<SummaryRunner>().RunDueAsync(Full.Service<EventSource>(), CancellationToken.None);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var site in new[] { Full, Empty })
        {
            if (site is not null)
                await site.DisposeAsync();
        }

        _directory.Dispose();
        _emptyDirectory.Dispose();
    }

    private static Task<TestSite> StartAsync(string directory) => TestSite.StartAsync(
        directory, new ManualClock(TestSite.Noon.AddMinutes(5)), environment: "Production", settings: [$"--Standalone:FunctionKey={Key}", "--Telemetry:Product=Acme"]);

    private async Task SendAsync(Random random, int hours)
    {
        var events = Enumerable.Range(0, 700).Select(_ => RandomEvent(random, TimeSpan.FromHours(hours * random.NextDouble() * random.NextDouble()))).ToList();
        using var response = await Full.Client.PostAsync("/events", new ByteArrayContent(new EventBatch { Events = { events } }.ToByteArray()));
        Assert.True(response.IsSuccessStatusCode);
    }

    private Event RandomEvent(Random random, TimeSpan ago)
    {
        var made = new Event
        {
            Id = EventSite.IdOf(random.Next()).ToString(),
            Service = "api",
            UserId = $"user-{random.Next(40) * random.Next(40)}",
            Timestamp = (Full.Clock.GetUtcNow() - ago).ToTimestamp(),
        };
        var isGood = random.Next(12) > 0;
        switch (random.Next(22))
        {
            case < 10:
                var route = random.Next(1, 11) * random.Next(1, 11) / 11;
                made.ApiRequest = new ApiRequest { Route = Routes[route], Method = route % 3 == 0 ? "POST" : "GET", Status = isGood ? 200u : 500u, LatencyMs = 4 + 30 * route * random.NextDouble() * random.NextDouble() };
                break;
            case 10 or 11:
                made.DatabaseQuery = new DatabaseQuery { Name = random.Next(3) == 0 ? "find-user" : "list-tasks", LatencyMs = 1 + 9 * random.NextDouble() };
                break;
            case 12:
                made.ApplicationError = new ApplicationError { Kind = random.Next(3) == 0 ? "TimeoutException" : "ValidationError" };
                break;
            case 13:
                made.TaskCreated = new TaskEvent();
                break;
            case 14 when isGood:
                made.TaskCompleted = new TaskEvent { DurationMs = (ulong)random.Next(1_000, 90_000) };
                break;
            case 14:
                made.TaskFailed = new TaskEvent();
                break;
            case 15 or 16:
                made.LoginAttempt = new LoginAttempt { Succeeded = isGood };
                break;
            case 17:
                made.IntegrationUsed = new Integration { Name = random.Next(2) == 0 ? "github" : "slack" };
                break;
            case 18:
                made.WebhookReceived = new Webhook { Source = "gitlab" };
                break;
            case 19:
                made.CocoonConnected = new Cocoon();
                break;
            case 20:
                made.ProjectCreated = new Project();
                break;
            default:
                made.Custom = new Custom { Name = random.Next(3) == 0 ? "coffee" : "tea" };
                break;
        }

        return made;
    }
}
