namespace TelemetryFunctions.Client.Events;

/// <summary>What the service takes: see docs/events.md of it.</summary>
internal static class EventLimits
{
    /// <summary>Characters of a service's name.</summary>
    public const int MaxServiceLength = 64;

    /// <summary>Bytes of one event as protobuf.</summary>
    public const int MaxEventBytes = 8 * 1024;

    /// <summary>How long ago an event may have happened.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(3);
}
