using Google.Protobuf.Reflection;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Reports;

/// <summary>The metrics that are made of reports, in the order of the page.</summary>
public static class ReportMetrics
{
    public static MetricCatalogue Catalogue { get; } = new(
    [
        new("active-systems", "Active systems", "Systems", "systems", MetricKind.Count, null),
        new("system-age", "Systems by age", "Systems", "systems", MetricKind.Age, null),
        new("components", "Versions", "Components", "systems", MetricKind.Versions, Field("components")),
        new("workers", "Workers", "Deployment", "per system", MetricKind.Mean, Field("online_workers")),
        new("content-apps", "Content apps", "Deployment", "per system", MetricKind.Mean, Field("online_content_apps")),
    ]);

    private static FieldDescriptor Field(string name) => Report.Descriptor.FindFieldByName(name);
}
