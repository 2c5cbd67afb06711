using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Testing;
using TelemetryFunctions.Client.Reports;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client.Reports;

/// <summary>
/// A system of any number of nodes that reports, and the sites that it reports to. All that happens happens while the clock is moved,
/// so that what did not happen can be told.
/// </summary>
internal sealed class ReportRig : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<DailyReporter> _nodes = [];

    public ManualClock Clock { get; } = new(TestSite.Noon);

    public ISystemStore Store { get; set; } = new MemorySystemStore();

    public FakeLogCollector Log { get; } = FakeLogCollector.Create(new FakeLogCollectorOptions());

    /// <summary>What the sites were sent.</summary>
    public List<Sent> Reports { get; } = [];

    /// <summary>True: they never answer.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How they answer.</summary>
    public Func<HttpResponseMessage> Answer { get; set; } = () => new(System.Net.HttpStatusCode.OK) { Content = new StringContent("""{"status":"accepted"}""") };

    /// <summary>What the product says of itself.</summary>
    public Action<Report> Fill { get; set; } = report =>
    {
        report.Components.Add(new Component { Name = "core", Version = "1.4.2" });
        report.Properties = new Struct { Fields = { ["users"] = Value.ForNumber(12) } };
    };

    public IEnumerable<string> Times => Reports.Select(report => report.At.ToString("MM-dd HH:mm", null));

    /// <summary>Starts a node. It has done what is due now when this returns.</summary>
    public async Task<DailyReporter> StartAsync(Action<TelemetryReportOptions>? configure = null, params (string Key, string Value)[] settings)
    {
        var options = new TelemetryReportOptions
        {
            Endpoint = new Uri("https://telemetry.example.org/"),
            DevelopmentEndpoint = new Uri("https://telemetry-dev.example.org/below"),
            CreateHandler = () => new Sites(this),
        };
        configure?.Invoke(options);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var node = new DailyReporter(options, new Source(this), Store, new FakeLogger<DailyReporter>(Log), Clock, configuration);
        _nodes.Add(node);
        await Task.Run(() => { _ = node.RunAsync(_end.Token); });
        return node;
    }

    /// <summary>A system that started long ago, reports at a minute of the day, and did so last on a day.</summary>
    public async Task KnownAsync(int minute, DateOnly? claimed) =>
        await Store.TryReplaceAsync(null, SystemState.Create(TestSite.Noon - TimeSpan.FromDays(30)) with { Minute = minute, ClaimedDay = claimed }, CancellationToken.None);

    public bool Logged(string text) => Log.GetSnapshot().Any(line => line.Message.Contains(text, StringComparison.Ordinal));

    public void Dispose()
    {
        _end.Cancel();
        foreach (var node in _nodes)
            node.Dispose();
        _end.Dispose();
    }

    /// <summary>A report that was sent.</summary>
    public sealed record Sent(string Site, string Key, string Body, DateTimeOffset At);

    private sealed class Source(ReportRig rig) : IReportSource
    {
        public ValueTask FillAsync(Report report, CancellationToken cancellation)
        {
            rig.Fill(report);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Sites(ReportRig rig) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var body = new StreamReader(request.Content!.ReadAsStream(cancellationToken));
            rig.Reports.Add(new Sent(request.RequestUri!.ToString(), request.Headers.GetValues("X-System-Key").Single(), body.ReadToEnd(), rig.Clock.GetUtcNow()));
            if (rig.IsSilent)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return rig.Answer();
        }
    }
}

/// <summary>A state in memory, as a database would keep it.</summary>
internal sealed class MemorySystemStore : ISystemStore
{
    private string? _stored;

    public ValueTask<SystemState?> FindAsync(CancellationToken cancellation) => new(_stored is null ? null : SystemState.Parse(_stored));

    public ValueTask<bool> TryReplaceAsync(SystemState? before, SystemState after, CancellationToken cancellation)
    {
        lock (this)
        {
            if (_stored != before?.ToJson())
                return new(false);
            _stored = after.ToJson();
            return new(true);
        }
    }
}
