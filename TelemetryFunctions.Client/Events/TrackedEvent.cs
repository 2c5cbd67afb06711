namespace TelemetryFunctions.Client.Events;

/// <summary>An event that waits.</summary>
/// <param name="Event">The event.</param>
/// <param name="At">When it was tracked: it becomes its timestamp only when it is sent, which costs the host no memory.</param>
internal readonly record struct TrackedEvent(Event Event, DateTimeOffset At);
