using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Storage.Sqlite;

namespace TelemetryFunctions.Storage;

/// <summary>Registers the store.</summary>
public static class StorageServices
{
    /// <summary>The store that the settings name.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var directory = configuration["Telemetry:DataDirectory"] is { Length: > 0 } setting ? setting : "data";
        return services.AddSingleton<ITableStore>(provider => new SqliteTableStore(
            directory, provider.GetServices<TableSchema>(), provider.GetRequiredService<TimeProvider>()));
    }
}
