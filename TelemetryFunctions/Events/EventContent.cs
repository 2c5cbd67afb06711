using TelemetryFunctions.Events.Schema;
using Payload = TelemetryFunctions.Events.Schema.Event.PayloadOneofCase;

namespace TelemetryFunctions.Events;

/// <summary>What the payloads of events have in common.</summary>
internal static class EventContent
{
    /// <summary>The task of an event about one, or null.</summary>
    public static TaskEvent? TaskOf(Event @event) => @event.PayloadCase switch
    {
        Payload.TaskCreated => @event.TaskCreated,
        Payload.TaskStarted => @event.TaskStarted,
        Payload.TaskCompleted => @event.TaskCompleted,
        Payload.TaskFailed => @event.TaskFailed,
        Payload.TaskCancelled => @event.TaskCancelled,
        _ => null,
    };

    /// <summary>Every number of milliseconds that an event has.</summary>
    public static IEnumerable<double> Durations(Event @event)
    {
        if (TaskOf(@event) is { HasDurationMs: true } task)
            yield return task.DurationMs;
        if ((@event.WebhookReceived ?? @event.WebhookProcessed) is { HasDurationMs: true } webhook)
            yield return webhook.DurationMs;
        if (@event.ApiRequest is { } request)
            yield return request.LatencyMs;
        if (@event.DatabaseQuery is { } query)
            yield return query.LatencyMs;
    }
}
