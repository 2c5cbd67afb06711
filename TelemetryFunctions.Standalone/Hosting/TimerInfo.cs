namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>What a timer function learns about its run.</summary>
public sealed class TimerInfo
{
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True at start, and where the run comes late or stands for runs that were missed.</summary>
    public bool IsPastDue { get; set; }
}
