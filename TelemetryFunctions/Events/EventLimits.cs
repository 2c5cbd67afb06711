namespace TelemetryFunctions.Events;

/// <summary>Bounds of events, so that none can hurt the rollups.</summary>
public static class EventLimits
{
    /// <summary>Events of a batch.</summary>
    public const int MaxEvents = 1_000;

    /// <summary>Bytes of a batch, inflated.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Bytes of one event as protobuf.</summary>
    public const int MaxEventBytes = 8 * 1024;

    /// <summary>Characters of a service's name.</summary>
    public const int MaxServiceLength = 64;

    /// <summary>Characters of a user's id.</summary>
    public const int MaxUserLength = 128;

    /// <summary>How long ago an event may have happened.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(3);

    /// <summary>How far ahead the clock of a sender may be.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(10);
}
