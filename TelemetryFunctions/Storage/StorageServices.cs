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
            // A token is sent over TLS only.
            return Uri.TryCreate(uri, UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttps
                ? options => new TableServiceClient(endpoint, new DefaultAzureCredential(), options)
                : throw SettingsReader.Unusable(TableServiceUri, uri, "the address of a table service, such as https://ACCOUNT.table.core.windows.net");
        }

        return configuration[ConnectionString] is { Length: > 0 } text ? options => Connect(text, options) : null;
    }

    private static TableServiceClient Connect(string text, TableClientOptions options)
    {
        try
        {
            var client = new TableServiceClient(text, options);
            return client.Uri.Scheme is "http" or "https" ? client : throw new FormatException("The table service's address is not http or https.");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            // Neither the text, which holds the account's key, nor what the parser says of it is repeated.
            throw new StartupException(
                $"{ConnectionString} is not a usable connection string; it must be that of a storage account with AccountName and "
                + "AccountKey, or UseDevelopmentStorage=true for Azurite.",
                e);
        }
    }
}
