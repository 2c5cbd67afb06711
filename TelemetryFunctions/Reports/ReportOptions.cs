using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Reports;

/// <summary>Settings of the reports.</summary>
/// <param name="RawRetentionDays">Raw reports, and systems not seen again, are removed after so many days.</param>
/// <param name="MinimumAgeDays">Systems younger than this count only in the age charts.</param>
/// <param name="MinimumLabelSystems">A label carried by fewer systems is folded into <c>other</c>.</param>
/// <param name="MinimumNameDays">On so many days enough systems must have carried a name before it has a chart: 1 or 2.</param>
/// <param name="AcceptPrereleases">Keep reports with a component in a prerelease or development version.</param>
public sealed record ReportOptions(int RawRetentionDays, int MinimumAgeDays, int MinimumLabelSystems, int MinimumNameDays, bool AcceptPrereleases)
{
    /// <summary>The noise of small counts; null where they have none.</summary>
    public NoiseOptions? Noise { get; init; }

    /// <summary>The ids of systems that no metric counts, 32 hex digits each.</summary>
    public IReadOnlySet<string> ExcludedSystems { get; init; } = FrozenSet<string>.Empty;

    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static ReportOptions Read(IConfiguration configuration)
    {
        var isDevelopment = configuration.IsDevelopment();
        return new ReportOptions(
            configuration.ReadNumber("Telemetry:RawRetentionDays", 60, 2, 3650),
            configuration.ReadNumber("Telemetry:MinimumAgeDays", isDevelopment ? 0 : 1, 0, 365),
            configuration.ReadLabelMinimum(),
            configuration.ReadNumber("Telemetry:MinimumNameDays", isDevelopment ? 1 : 2, 1, 2),
            configuration.ReadSwitch("Telemetry:AcceptPrereleases", isDevelopment))
        {
            Noise = NoiseOptions.Read(configuration),
            ExcludedSystems = ExcludedSystemsFile.Read(configuration),
        };
    }
}
