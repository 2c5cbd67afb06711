using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;

namespace TelemetryFunctions.Http.Limits;

/// <summary>How much one client may send.</summary>
/// <param name="PerHour">Requests an hour, all at once if it likes; 0 for any number.</param>
public sealed record WriteLimitOptions(int PerHour)
{
    /// <summary>The name of the setting.</summary>
    public const string Setting = "Telemetry__WritesPerHour";

    private const string Key = "Telemetry:WritesPerHour";

    // A fleet of so many systems behind one address may report in the same minute, and one client that floods fills a disk by 20 MB an hour.
    private const int Default = 100_000;
    private const int Most = 1_000_000_000;

    /// <summary>The time in which a client gets back one request.</summary>
    public TimeSpan Refill => TimeSpan.FromHours(1) / PerHour;

    /// <exception cref="StartupException">The setting is unusable.</exception>
    public static WriteLimitOptions Read(IConfiguration configuration) => new(configuration.ReadNumber(Key, Default, 0, Most));
}
