namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Where a timer stands in its schedule. All times are UTC.</summary>
public sealed class ScheduleStatus
{
    /// <summary>When the run before this one began; <see cref="DateTime.MinValue"/> in the first run.</summary>
    public DateTime Last { get; set; }

    /// <summary>The first scheduled time after the beginning of this run.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this status was made: the beginning of this run.</summary>
    public DateTime LastUpdated { get; set; }
}
