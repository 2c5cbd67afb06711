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

    /// <summary>The catalogue that the settings name.</summary>
    /// <exception cref="StartupException">It can't be read, or is wrong.</exception>
    public static MetricCatalogue Read(IConfiguration configuration) =>
        CatalogueFile.Read(ReadText(configuration), configuration[Setting] is { Length: > 0 } path ? path : Shipped, Report.Descriptor);

    /// <summary>The catalogue that the settings name, as it is written.</summary>
    /// <exception cref="StartupException">It can't be read.</exception>
    public static string ReadText(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } path)
            return ReadShipped();

        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SettingsReader.Unusable(Setting, path, $"the path of a metric catalogue that can be read ({e.Message})");
        }
    }

    private static string ReadShipped()
    {
        using var reader = new StreamReader(typeof(ReportMetrics).Assembly.GetManifestResourceStream(Shipped)!);
        return reader.ReadToEnd();
    }
}
