using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

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
    public static void AddObservability(this IHostApplicationBuilder builder, Action<IOpenTelemetryBuilder> addHost)
    {
        // What ASP.NET logs of each request holds its path, and that can hold a system's id.
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>("Azure", LogLevel.Warning);

        var (toAzureMonitor, toCollector) = (IsSet(builder, AzureMonitor), IsSet(builder, Collector));
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

    private static bool IsSet(IHostApplicationBuilder builder, string setting) => !string.IsNullOrWhiteSpace(builder.Configuration[setting]);
}
