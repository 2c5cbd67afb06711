using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Storage.AzureTables;
using TelemetryFunctions.Storage.Sqlite;

namespace TelemetryFunctions.Storage;

/// <summary>Registers the store that the settings name.</summary>
public static class StorageServices
{
    private const string ConnectionString = "AzureWebJobsStorage";
    private const string TableServiceUri = "AzureWebJobsStorage:tableServiceUri";
    private const string DataDirectory = "Telemetry:DataDirectory";

    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        if (Connection(configuration) is not { } connect)
        {
            var directory = configuration[DataDirectory] is { Length: > 0 } setting ? setting : "data";
            return services.AddSingleton<ITableStore>(provider => new SqliteTableStore(
                directory, provider.GetServices<TableSchema>(), provider.GetRequiredService<TimeProvider>()));
        }

        return services.AddSingleton<ITableStore>(provider => new AzureTableStore(
            connect, provider.GetServices<TableSchema>(), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>How to reach Azure Tables, or null where the embedded store is to be used.</summary>
    private static Func<TableClientOptions, TableServiceClient>? Connection(IConfiguration configuration)
    {
        if (configuration[TableServiceUri] is { Length: > 0 } uri)
        {
            return Uri.TryCreate(uri, UriKind.Absolute, out var endpoint)
                ? options => new TableServiceClient(endpoint, new DefaultAzureCredential(), options)
                : throw SettingsReader.Unusable(TableServiceUri, uri, "the address of a table service, such as https://ACCOUNT.table.core.windows.net");
        }

        return configuration[ConnectionString] is { Length: > 0 } text ? options => Connect(text, options) : null;
    }

    private static TableServiceClient Connect(string text, TableClientOptions options)
    {
        try
        {
            return new TableServiceClient(text, options);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            // The text holds the account's key, so it is not repeated.
            throw new StartupException($"AzureWebJobsStorage is no connection string of a storage account; it must be one, or UseDevelopmentStorage=true for Azurite. ({e.Message})", e);
        }
    }
}
