using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.AzureTables;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>Registers the store that the settings name: a storage account where there is one, else a file.</summary>
public static class StorageServices
{
    private const string DataDirectory = "Telemetry:DataDirectory";

    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        if (StorageConnection.IsConfigured(configuration))
            return services.AddAzureTables(configuration);

        return services.AddEmbeddedStore(configuration[DataDirectory] is { Length: > 0 } directory ? directory : "data");
    }

    /// <summary>Registers the store that is a file in a directory.</summary>
    internal static IServiceCollection AddEmbeddedStore(this IServiceCollection services, string directory) => services
        .AddMetrics()
        .AddSingleton<StoreMeter>()
        .AddSingleton(provider => new SqliteTableStore(
            directory,
            provider.GetServices<TableSchema>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteTableStore>>(),
            provider.GetRequiredService<StoreMeter>()))
        .AddTableStore(provider => provider.GetRequiredService<SqliteTableStore>());
}
