using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Events;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Benchmarks.Embedded;

/// <summary>The sources and the engine on an embedded store, without a host.</summary>
internal static class EmbeddedSite
{
    public static async Task<ServiceProvider> OpenAsync(string directory, TimeProvider clock)
    {
        // The systems are a day old, and are to count.
        var configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Telemetry:DataDirectory"] = directory,
                ["Telemetry:MinimumAgeDays"] = "0",
            })
            .Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(clock)
            .AddStorage(configuration)
            .AddSummaries()
            .AddReports(configuration)
            .AddInstalls(configuration)
            .AddEvents(configuration)
            .BuildServiceProvider();
        await services.GetRequiredService<ITableStore>().InitializeAsync(CancellationToken.None);
        return services;
    }
}
