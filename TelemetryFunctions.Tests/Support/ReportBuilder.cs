using TelemetryFunctions.Reports.Schema;

namespace TelemetryFunctions.Tests.Support;

/// <summary>Makes reports for tests.</summary>
internal static class ReportBuilder
{
    /// <summary>The id of the n-th system.</summary>
    public static string Id(int n) => new Guid(n, 0x7e1e, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString("n");

    public static Report Report(int system, params (string Name, string Version)[] components)
    {
        var report = new Report { SystemId = Id(system) };
        report.Components.AddRange(components.Select(component => new Component { Name = component.Name, Version = component.Version }));
        return report;
    }
}
