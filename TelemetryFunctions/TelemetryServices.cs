using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Events;
using TelemetryFunctions.Http;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.Migrations;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions;

/// <summary>Puts the service together, but for its store: one extension a concern.</summary>
public static class TelemetryServices
{
    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Configuration.CheckNames();
        builder.Configuration.CheckEnvironment();
        builder.Configuration.CheckLogLevels();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddMigrations()
            .AddSummaries()
            .AddReports(builder.Configuration)
            .AddInstalls(builder.Configuration)
            .AddEvents(builder.Configuration)
            .AddAnnotations(builder.Configuration)
            .AddCharts()
            .AddPage(builder.Configuration)
            .AddHttp(builder.Configuration);
    }

    /// <summary>Opens the store, in the format of this version: before anything is served, so that a store that can't be used stops the start.</summary>
    /// <exception cref="StartupException">The store can't be used.</exception>
    public static async Task OpenStoreAsync(this IHost host)
    {
        try
        {
            await host.Services.GetRequiredService<Migrator>().OpenAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            throw new StartupException(e.Message, e);
        }
    }
}
