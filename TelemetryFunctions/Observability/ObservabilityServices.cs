using System.Data.Common;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;
using TelemetryFunctions.Configuration;

namespace TelemetryFunctions.Observability;

/// <summary>
/// Spans, metrics and logs by OpenTelemetry, to Azure Monitor or to a collector, where a setting of theirs names one.
/// </summary>
public static class ObservabilityServices
{
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <param name="builder">The service.</param>
    /// <param name="addHost">Adds what the host itself tells.</param>
    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static void AddObservability(this IHostApplicationBuilder builder, Action<IOpenTelemetryBuilder> addHost)
    {
        // What ASP.NET logs of each request holds its path, and that can hold a system's id.
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>("Azure", LogLevel.Warning);

        var (toAzureMonitor, toCollector) = (NamesAzureMonitor(builder.Configuration[AzureMonitor]), NamesCollector(builder.Configuration[Collector]));
        if (!toAzureMonitor && !toCollector)
            return;

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddProcessor(new SpanPrivacy()))
            .WithMetrics(metrics => metrics.AddMeter("TelemetryFunctions.*"));
        addHost(telemetry);
        if (toAzureMonitor)
            telemetry.UseAzureMonitorExporter();
        if (toCollector)
            telemetry.UseOtlpExporter();
    }

    private static bool NamesAzureMonitor(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return false;

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            if (parts.TryGetValue("InstrumentationKey", out var key) && Guid.TryParse((string)key, out _)
                && parts.Keys.Cast<string>().Where(name => name.EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase)).All(name => IsAddress((string)parts[name])))
            {
                return true;
            }
        }
        catch (ArgumentException)
        {
            // The same answer.
        }

        // Not repeated: who has the key can send as the service.
        throw new StartupException(
            $"{AzureMonitor} is not a usable connection string; it must be that of an Application Insights resource, InstrumentationKey=…;IngestionEndpoint=https://….");
    }

    private static bool NamesCollector(string? text) =>
        !string.IsNullOrWhiteSpace(text)
        && (IsAddress(text) ? true : throw SettingsReader.Unusable(Collector, text, "the address of a collector, such as http://localhost:4317"));

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https");
}
