using System.Diagnostics.Metrics;

namespace TelemetryFunctions.Client.Events;

/// <summary>Counts what becomes of events.</summary>
internal sealed class EventMeter : IDisposable
{
    public const string Name = "TelemetryFunctions.Client.Events";

    private readonly Meter? _own;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _retried;
    private long _droppedInAll;

    /// <param name="meters">The host's; null where it has none.</param>
    public EventMeter(IMeterFactory? meters)
    {
        var meter = meters?.Create(Name) ?? (_own = new Meter(Name));
        _sent = meter.CreateCounter<long>("telemetry.client.events.sent", "{event}", "Events that the service has.");
        _dropped = meter.CreateCounter<long>("telemetry.client.events.dropped", "{event}", "Events that were given up before the service had them.");
        _rejected = meter.CreateCounter<long>("telemetry.client.events.rejected", "{event}", "Events that the service refused.");
        _retried = meter.CreateCounter<long>("telemetry.client.events.retried", "{event}", "Events that were sent once more, as often as they were.");
    }

    /// <summary>Events dropped so far.</summary>
    public long DroppedInAll => Interlocked.Read(ref _droppedInAll);

    public void Sent(int events) => Add(_sent, events);

    public void Dropped(int events)
    {
        Interlocked.Add(ref _droppedInAll, events);
        Add(_dropped, events);
    }

    public void Rejected(int events) => Add(_rejected, events);

    public void Retried(int events) => Add(_retried, events);

    public void Dispose() => _own?.Dispose();

    private static void Add(Counter<long> counter, int events)
    {
        if (events > 0)
            counter.Add(events);
    }
}
