using Azure.Data.Tables;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.AzureTables;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>A store on Azurite whose connection a test can break.</summary>
[Collection(AzuriteCollection.Name)]
public abstract class FaultyStore(Azurite azurite) : IAsyncLifetime
{
    protected static readonly Column<long> Count = new("Count");
    protected static readonly Column<byte[]> Payload = new("Payload");

    protected TableSchema Table { get; } = new($"T{Guid.NewGuid():N}", Count, Payload);

    protected FaultTransport Faults { get; } = new();

    protected ManualTime Time { get; } = new();

    protected string ConnectionString => azurite.ConnectionString;

    internal AzureTableStore Store { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Store = Open(ConnectionString);
        if (Azurite.WhyMissing is not null)
            return;
        await Store.InitializeAsync(CancellationToken.None);
        Faults.Clear();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal AzureTableStore Open(string connectionString) => new(
        options =>
        {
            options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
            options.Transport = Faults;
            return new TableServiceClient(connectionString, options);
        },
        [Table],
        Time);

    protected static Row Counted(string key, long count = 0) => new("p", key, Count.Of(count));

    protected Task UpsertAsync(params Row[] rows) => Store.UpsertAsync(Table, rows);

    protected async Task<List<Row>> ScanAsync()
    {
        var rows = new List<Row>();
        await foreach (var row in Store.ScanAsync(Table, KeyRange.All))
            rows.Add(row);
        return rows;
    }

    protected sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
