using System.Diagnostics.Metrics;

namespace TelemetryFunctions.Events;

/// <summary>Counts what becomes of events.</summary>
public sealed class EventMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "TelemetryFunctions.Events";

    private readonly Counter<long> _events;

    public EventMeter(IMeterFactory meters) =>
        _events = meters.Create(Name).CreateCounter<long>("telemetry.events", "{event}", "Events by what became of them.");

    public void Received(EventsAnswer answer)
    {
        Add(answer.Accepted, "accepted");
        Add(answer.Duplicate, "duplicate");
        Add(answer.Rejected, "rejected");
    }

    private void Add(int events, string outcome)
    {
        if (events > 0)
            _events.Add(events, new KeyValuePair<string, object?>("telemetry.outcome", outcome));
    }
}
