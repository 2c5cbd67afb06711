namespace TelemetryFunctions.Client.Events;

/// <summary>Takes events from the host, and sends them behind its back.</summary>
public interface IEventTracker
{
    /// <summary>
    /// Takes an event, to be sent with others. Never waits and never throws: where more events wait than
    /// <see cref="TelemetryEventsOptions.Capacity"/>, the oldest is dropped and counted.
    /// </summary>
    /// <param name="event">
    /// The event. An id, a timestamp and a service that it lacks are filled in. It is the tracker's from now on: it must not be changed
    /// any more, nor be tracked again.
    /// </param>
    void Track(Event @event);
}
