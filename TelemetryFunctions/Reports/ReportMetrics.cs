using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Reports;

/// <summary>The metrics that are made of reports: those of <c>metrics.yaml</c>, or of a file of the site's own.</summary>
public static class ReportMetrics
{
    private const string Setting = "Telemetry:MetricsFile";
    private const string Shipped = "metrics.yaml";

    /// <summary>The catalogue that comes with the service.</summary>
    public static MetricCatalogue Catalogue => CatalogueFile.Read(ReadShipped(), Shipped, Report.Descriptor);

    /// <summary>True where the settings name a file.</summary>
    public static bool IsNamed(IConfiguration configuration) => configuration[Setting] is { Length: > 0 };

    /// <summary>The catalogue that the settings name.</summary>
    /// <exception cref="StartupException">It can't be read, or is wrong.</exception>
    public static MetricCatalogue Read(IConfiguration configuration)
    {
        var (path, yaml) = ReadFile(configuration);
        return CatalogueFile.Read(yaml, path, Report.Descriptor);
    }

    /// <summary>The catalogue that the settings name, as it is written.</summary>
    /// <exception cref="StartupException">It can't be read.</exception>
    public static string ReadText(IConfiguration configuration) => ReadFile(configuration).Text;

    private static (string Path, string Text) ReadFile(IConfiguration configuration) =>
        configuration.ReadFile(Setting, "a metric catalogue") ?? (Shipped, ReadShipped());

    private static string ReadShipped()
    {
        using var reader = new StreamReader(typeof(ReportMetrics).Assembly.GetManifestResourceStream(Shipped)!);
        return reader.ReadToEnd();
    }
}
