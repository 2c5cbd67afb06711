using Azure.Data.Tables;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.AzureTables;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>What becomes of writes while the service restarts.</summary>
public sealed class AzureRestartTests : IDisposable
{
    private static readonly Column<long> Count = new("Count");

    private readonly string _location = Directory.CreateTempSubdirectory("azurite").FullName;

    public void Dispose() => Directory.Delete(_location, recursive: true);

    [AzuriteFact]
    public async Task Acknowledged_rows_outlive_a_restart_and_writes_meanwhile_fail()
    {
        var table = new TableSchema("Restarted", Count);
        await using var azurite = new Azurite { Location = _location };
        await azurite.StartAsync();
        var store = new AzureTableStore(
            options =>
            {
                options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
                return new TableServiceClient(azurite.ConnectionString, options);
            },
            [table],
            TimeProvider.System);
        await store.InitializeAsync(CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => UpsertAsync($"before-{i}")));

        await azurite.ShutDownAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => UpsertAsync("meanwhile"));
        await azurite.StartAsync();
        await UpsertAsync("after");

        var keys = new List<string>();
        await foreach (var row in store.ScanAsync(table, KeyRange.All, []))
            keys.Add(row.Key);
        Assert.Equal(201, keys.Count);
        Assert.DoesNotContain("meanwhile", keys);

        Task UpsertAsync(string key) => store.UpsertAsync(table, [new Row("p", key, Count.Of(1))]);
    }
}
