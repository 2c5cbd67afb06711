using Azure.Data.Tables;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.AzureTables;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage;

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureTableStoreTests(Azurite azurite) : TableStoreContract
{
    public override Task DisposeAsync() => Task.CompletedTask;

    protected override async Task<ITableStore> OpenAsync(params TableSchema[] tables)
    {
        var store = new AzureTableStore(
            options => new TableServiceClient(azurite.ConnectionString, options),
            tables,
            TimeProvider.System);
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }
}
