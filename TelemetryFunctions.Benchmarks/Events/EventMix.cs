using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Events.Schema;

namespace TelemetryFunctions.Benchmarks.Events;

/// <summary>What services of a busy product tell: batches of 100, most of them requests and queries, of users of whom some do much more than others.</summary>
internal static class EventMix
{
    public const int BatchEvents = 100;

    private const int Users = 20_000;
    private const int Projects = 3_000;

    private static readonly string[] Services = ["api", "api", "api", "auth", "signalling", "worker"];
    private static readonly string[] Methods = ["GET", "GET", "GET", "POST", "PATCH", "DELETE"];
    private static readonly string[] Routes =
        [.. from kind in (string[])["projects", "tasks", "users", "integrations", "webhooks", "cocoons"] from form in (string[])["/{0}", "/{0}/{{id}}", "/{0}/{{id}}/events", "/{0}/search"] select string.Format(null, form, kind)];
    private static readonly string[] Queries = ["projects by user", "tasks by project", "session", "user by email", "task insert", "events of task"];
    private static readonly string[] Commands = ["build", "test", "lint", "deploy", "review", "refactor"];
    private static readonly string[] Names = ["github", "gitlab", "slack", "jira"];
    private static readonly string[] Errors = ["TimeoutException", "HttpRequestException", "JsonException", "NullReferenceException"];

    /// <summary>Batches as JSON, the oldest first.</summary>
    /// <param name="events">How many events.</param>
    /// <param name="from">When the first happens.</param>
    /// <param name="to">When the last has happened.</param>
    public static byte[][] JsonBatches(int events, DateTimeOffset from, DateTimeOffset to)
    {
        var bodies = new byte[(events + BatchEvents - 1) / BatchEvents][];
        Parallel.For(0, bodies.Length, batch =>
        {
            var random = new Random(batch);
            var (service, start) = (Services[random.Next(Services.Length)], from + (to - from) * batch / bodies.Length);
            var span = (to - from) / bodies.Length;
            var json = new StringBuilder("[");
            for (var i = 0; i < BatchEvents; i++)
                json.Append(i > 0 ? "," : "").Append(JsonFormatter.Default.Format(Make(random, service, start + span * i / BatchEvents)));
            bodies[batch] = Encoding.UTF8.GetBytes(json.Append(']').ToString());
        });
        return bodies;
    }

    private static Event Make(Random random, string service, DateTimeOffset time)
    {
        // Random ids: those that begin with the time would compress better.
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        var made = new Event { Id = new Guid(id).ToString(), Timestamp = Timestamp.FromDateTimeOffset(new DateTimeOffset(time.Ticks / 10_000 * 10_000, TimeSpan.Zero)), Service = service };
        if (random.Next(10) > 0)
            made.UserId = $"user_{(int)(Users * Math.Pow(random.NextDouble(), 3)):d6}";
        Fill(made, random);
        return made;
    }

    private static void Fill(Event made, Random random)
    {
        switch (random.Next(100))
        {
            case < 50:
                made.ApiRequest = new ApiRequest
                {
                    Route = Pick(Routes, random),
                    Method = Pick(Methods, random),
                    Status = random.Next(50) switch { 0 => 500u, < 3 => 404u, < 6 => 201u, _ => 200u },
                    LatencyMs = Latency(random, 20),
                };
                break;
            case < 70:
                made.DatabaseQuery = new DatabaseQuery { Name = Pick(Queries, random), LatencyMs = Latency(random, 3) };
                break;
            case < 74:
                made.LoginAttempt = new LoginAttempt { Succeeded = random.Next(8) > 0, Method = random.Next(2) == 0 ? "password" : "github" };
                break;
            case < 78:
                made.SessionValidated = new SessionValidated();
                break;
            case < 80:
                made.TokenRefreshed = new TokenRefreshed();
                break;
            case < 83:
                made.TaskCreated = Task(random);
                break;
            case < 86:
                made.TaskStarted = Task(random);
                break;
            case < 89:
                made.TaskCompleted = Task(random);
                made.TaskCompleted.DurationMs = Latency(random, 30_000);
                break;
            case 89:
                made.TaskFailed = Task(random);
                made.TaskFailed.DurationMs = Latency(random, 30_000);
                break;
            case < 93:
                made.IntegrationUsed = new Integration { Name = Pick(Names, random) };
                break;
            case < 95:
                made.WebhookReceived = new Webhook { Source = Pick(Names, random), DurationMs = Latency(random, 10) };
                break;
            case 95:
                made.ProjectUpdated = new Project { ProjectId = ProjectId(random) };
                break;
            case 96:
                made.CocoonClaimed = new Cocoon { CocoonId = $"cocoon-{random.Next(200)}" };
                break;
            case 97:
                made.ApplicationError = new ApplicationError { Kind = Pick(Errors, random) };
                break;
            default:
                made.Custom = new Custom { Name = random.Next(2) == 0 ? "export" : "invite", Properties = new Struct { Fields = { ["count"] = Value.ForNumber(random.Next(20)) } } };
                break;
        }
    }

    private static TaskEvent Task(Random random) => new() { TaskId = $"task_{random.Next(1_000_000):x6}", ProjectId = ProjectId(random), Command = Pick(Commands, random) };

    private static string ProjectId(Random random) => $"prj_{(int)(Projects * Math.Pow(random.NextDouble(), 2)):d5}";

    // Log-normal, told to the microsecond.
    private static double Latency(Random random, double median) =>
        Math.Round(median * Math.Exp(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())), 3);

    private static string Pick(string[] some, Random random) => some[(int)(some.Length * Math.Pow(random.NextDouble(), 2))];
}
