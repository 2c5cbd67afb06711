using System.Diagnostics.Metrics;

namespace TelemetryFunctions.Installs;

/// <summary>Counts what becomes of notifications and of the downloads in them.</summary>
public sealed class InstallMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "TelemetryFunctions.Installs";

    private readonly Counter<long> _notifications;
    private readonly Counter<long> _downloads;

    public InstallMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _notifications = meter.CreateCounter<long>("telemetry.notifications", "{notification}", "Notifications by what became of them.");
        _downloads = meter.CreateCounter<long>("telemetry.downloads", "{download}", "Downloads in notifications by what became of them.");
    }

    /// <summary>A notification was read, and what is wanted of it is stored.</summary>
    public void Stored(int downloads, int dropped)
    {
        _notifications.Add(1, Outcome("stored"));
        _downloads.Add(downloads, Outcome("stored"));
        if (dropped > 0)
            _downloads.Add(dropped, Outcome("dropped"));
    }

    /// <summary>A request was no notification.</summary>
    public void Rejected() => _notifications.Add(1, Outcome("rejected"));

    /// <summary>A notification could not be stored.</summary>
    public void Lost(int downloads)
    {
        _notifications.Add(1, Outcome("lost"));
        _downloads.Add(downloads, Outcome("lost"));
    }

    /// <summary>Stored downloads were beyond the limits when they were rolled up.</summary>
    public void Uncounted(long downloads) => _downloads.Add(downloads, Outcome("uncounted"));

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("telemetry.outcome", outcome);
}
