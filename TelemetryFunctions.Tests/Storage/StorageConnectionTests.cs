using Azure.Data.Tables;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Storage.AzureTables;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>The forms in which Azure Functions takes a storage account.</summary>
public sealed class StorageConnectionTests
{
    [Theory]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1", "AzureWebJobsStorage=UseDevelopmentStorage=true")]
    [InlineData("https://acme.table.core.windows.net/", "AzureWebJobsStorage=DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net")]
    [InlineData("https://acme.table.core.windows.net/", "AzureWebJobsStorage:accountName=acme")]
    [InlineData("https://acme.table.core.windows.net/", "AzureWebJobsStorage:accountName=acme", "AzureWebJobsStorage:credential=managedidentity", "AzureWebJobsStorage:clientId=3fa85f64-5717-4562-b3fc-2c963f66afa6")]
    [InlineData("https://tables.acme.example/", "AzureWebJobsStorage:tableServiceUri=https://tables.acme.example", "AzureWebJobsStorage:accountName=other")]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1", "AzureWebJobsStorage=UseDevelopmentStorage=true", "AzureWebJobsStorage:accountName=other")]
    public void Each_names_a_table_service(string address, params string[] settings)
    {
        var collection = new ServiceCollection();
        collection.AddAzureClientsCore();
        using var services = collection.BuildServiceProvider();

        var connection = StorageConnection.Read(Configuration(settings));

        Assert.Equal(new Uri(address), connection.Connect(services.GetRequiredService<AzureComponentFactory>(), new TableClientOptions()).Uri);
    }

    [Fact]
    public void None_at_all_names_what_runs_without_one()
    {
        var error = Assert.Throws<StartupException>(() => StorageConnection.Read(Configuration()));

        Assert.Equal(
            "AzureWebJobsStorage is not set; it must name a storage account, or be UseDevelopmentStorage=true for Azurite. "
            + "To run without one: dotnet run --project TelemetryFunctions.Standalone",
            error.Message);
    }

    private static IConfiguration Configuration(params string[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1])))
        .Build();
}
