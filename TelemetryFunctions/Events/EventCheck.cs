using System.Globalization;
using TelemetryFunctions.Events.Schema;

namespace TelemetryFunctions.Events;

/// <summary>Tells what is wrong with an event.</summary>
public static class EventCheck
{
    /// <summary>Why an event is rejected and what to mend, a sentence; null where it is not.</summary>
    /// <param name="event">The event.</param>
    /// <param name="now">The time by the clock of this service.</param>
    public static string? FindError(Event @event, DateTimeOffset now)
    {
        if (!EventId.TryParse(@event.Id, out _))
            return "id is not a UUID: 32 hex digits, with or without dashes.";
        if (@event.Timestamp is not { } timestamp)
            return "timestamp is missing.";
        if (FindError(timestamp.Seconds, timestamp.Nanos, now) is { } wrongTime)
            return wrongTime;
        if (@event.Service.Length is 0 or > EventLimits.MaxServiceLength)
            return string.Create(CultureInfo.InvariantCulture, $"service has {@event.Service.Length} characters; it must be the name of a service, of 1 to {EventLimits.MaxServiceLength}.");
        if (@event.UserId.Length > EventLimits.MaxUserLength)
            return string.Create(CultureInfo.InvariantCulture, $"user_id has {@event.UserId.Length} characters; at most {EventLimits.MaxUserLength} are taken.");
        if (@event.PayloadCase == Event.PayloadOneofCase.None)
            return "It says nothing: none of the payloads of events.proto is in it.";
        if (@event.CalculateSize() is var bytes and > EventLimits.MaxEventBytes)
            return string.Create(CultureInfo.InvariantCulture, $"It has {bytes} bytes as protobuf; at most {EventLimits.MaxEventBytes} are taken.");
        return EventContent.Durations(@event).Any(duration => !double.IsFinite(duration) || duration < 0)
            ? "A latency or duration is not a number of milliseconds, 0 or more."
            : null;
    }

    private static string? FindError(long seconds, int nanos, DateTimeOffset now)
    {
        // Bounds first: what is beyond a year 9999 is no time.
        var time = seconds is > 0 and < 253_402_300_800 && nanos is >= 0 and < 1_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanos / 100) : default(DateTimeOffset?);
        if (time is null || time < now - EventLimits.MaxAge)
            return string.Create(CultureInfo.InvariantCulture, $"timestamp is more than {EventLimits.MaxAge.TotalDays} days ago.");
        return time > now + EventLimits.MaxAhead
            ? string.Create(CultureInfo.InvariantCulture, $"timestamp is more than {EventLimits.MaxAhead.TotalMinutes} minutes ahead of this service's clock, which says {now:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
            : null;
    }
}
