using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TelemetryFunctions.Storage.AzureTables;

/// <summary>Registers the store on Azure Tables.</summary>
public static class AzureTablesServices
{
    /// <exception cref="StartupException">The settings name no storage account, or one that can't be used.</exception>
    public static IServiceCollection AddAzureTables(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = StorageConnection.Read(configuration);
        services.AddAzureClientsCore();
        return services.AddTableStore(provider => new AzureTableStore(
            options => connection.Connect(provider.GetRequiredService<AzureComponentFactory>(), options),
            provider.GetServices<TableSchema>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
