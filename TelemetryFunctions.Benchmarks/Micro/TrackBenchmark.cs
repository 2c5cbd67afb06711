using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BenchmarkDotNet.Attributes;
using TelemetryFunctions.Client.Events;

namespace TelemetryFunctions.Benchmarks.Micro;

/// <summary>
/// What an event costs the host, whatever the site does. The queue is full: the worst case, in which each event takes the place of the
/// oldest. Where the site answers, the thread that sends works beside.
/// </summary>
[MemoryDiagnoser]
public class TrackBenchmark : IDisposable
{
    /// <summary>What the site does.</summary>
    public enum Site
    {
        DoesNotAnswer,
        IsDown,
        Answers429,
        Answers500,
        Answers,
    }

    private readonly string _route = "/projects/{id}";
    private Event _event = null!;
    private EventTracker _tracker = null!;

    [ParamsAllValues]
    public Site State { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _event = Create();
        _tracker = new EventTracker(new TelemetryEventsOptions
        {
            Endpoint = new Uri("http://localhost"),
            Key = "key",
            Service = "api",
            RequestTimeout = TimeSpan.FromDays(1),
            ShutdownTimeout = TimeSpan.FromMilliseconds(1),
            CreateHandler = () => new SiteStandIn(State),
        });
        for (var i = 0; i < 20_000; i++)
            _tracker.Track(_event);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _tracker.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>An event that is there.</summary>
    [Benchmark]
    public void Track() => _tracker.Track(_event);

    /// <summary>The event alone.</summary>
    [Benchmark]
    public Event New() => Create();

    /// <summary>Both.</summary>
    [Benchmark]
    public void TrackNew() => _tracker.Track(Create());

    private Event Create() => new() { ApiRequest = new ApiRequest { Route = _route, Method = "GET", Status = 200, LatencyMs = 12.5 } };

    private sealed class SiteStandIn(Site site) : HttpMessageHandler
    {
        private static readonly byte[] Accepted = Encoding.UTF8.GetBytes("""{"accepted":100,"duplicate":0,"rejected":0,"errors":[]}""");

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            switch (site)
            {
                case Site.Answers:
                    return new HttpResponseMessage { Content = new ByteArrayContent(Accepted) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
                case Site.Answers429:
                    return new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(1)) } };
                case Site.Answers500:
                    return new HttpResponseMessage(HttpStatusCode.InternalServerError);
                case Site.IsDown:
                    throw new HttpRequestException("Connection refused");
                default:
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    throw new OperationCanceledException(cancellationToken);
            }
        }
    }
}
