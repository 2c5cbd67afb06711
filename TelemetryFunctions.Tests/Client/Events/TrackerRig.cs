using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using TelemetryFunctions.Client.Events;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Client.Events;

/// <summary>A tracker, and the site that it sends to.</summary>
internal sealed class TrackerRig : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Dictionary<string, MetricCollector<long>> _counts;

    private TrackerRig(SiteStandIn site, ManualClock clock, Action<TelemetryEventsOptions>? configure)
    {
        Site = site;
        Clock = clock;
        var options = new TelemetryEventsOptions { Endpoint = site.Address, Key = "open-sesame", Service = "api" };
        configure?.Invoke(options);
        var meters = _services.GetRequiredService<IMeterFactory>();
        _counts = new[] { "sent", "dropped", "rejected", "retried" }.ToDictionary(
            name => name, name => new MetricCollector<long>(meters, "TelemetryFunctions.Client.Events", $"telemetry.client.events.{name}"));
        Tracker = new EventTracker(options, new FakeLogger<EventTracker>(Log), clock, meters);
    }

    public SiteStandIn Site { get; }

    public ManualClock Clock { get; }

    public EventTracker Tracker { get; }

    public FakeLogCollector Log { get; } = FakeLogCollector.Create(new FakeLogCollectorOptions());

    /// <summary>Events that were sent, dropped, rejected and retried.</summary>
    public (long Sent, long Dropped, long Rejected, long Retried) Counts => (Count("sent"), Count("dropped"), Count("rejected"), Count("retried"));

    public static async Task<TrackerRig> StartAsync(Action<TelemetryEventsOptions>? configure = null)
    {
        var clock = new ManualClock(TestSite.Noon);
        return new TrackerRig(await SiteStandIn.StartAsync(clock), clock, configure);
    }

    public static Event Numbered(int number) => new() { Custom = new Custom { Name = number.ToString(null as IFormatProvider) } };

    /// <summary>Tracks events with the numbers from one up to, and without, another.</summary>
    public void Track(int from, int to)
    {
        for (var number = from; number < to; number++)
            Tracker.Track(Numbered(number));
    }

    /// <summary>Sends what is there.</summary>
    public ValueTask CloseAsync() => Tracker.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        // Whatever a test left behind is not waited for.
        var closed = Tracker.DisposeAsync().AsTask();
        while (!closed.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(5);
        }

        await closed;
        await Site.DisposeAsync();
        await _services.DisposeAsync();
    }

    private long Count(string name) => _counts[name].GetMeasurementSnapshot().Sum(measurement => measurement.Value);
}
