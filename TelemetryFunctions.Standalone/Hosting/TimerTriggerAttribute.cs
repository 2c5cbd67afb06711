namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Calls the function by a schedule: six fields of NCRONTAB, seconds first, in UTC.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    public string Schedule { get; } = schedule;

    /// <summary>Part of the official attribute; here it changes nothing, because no due time is stored.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Part of the official attribute; here every timer runs at start, the job decides what is due.</summary>
    public bool RunOnStartup { get; set; }
}
