using System.Reflection;
using System.Text;
using Azure.Data.Tables;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Storage.AzureTables;

namespace TelemetryFunctions.Tests.Support;

/// <summary>Azure Tables on Azurite, with an account for each test.</summary>
public sealed class AzuriteStores(Azurite azurite) : TestStores
{
    // Every table that the app declares, so that none is forgotten here.
    private static readonly TableSchema[] Tables =
    [
        .. typeof(TelemetryServices).Assembly.GetTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public))
            .Where(property => property.PropertyType == typeof(TableSchema))
            .Select(property => (TableSchema)property.GetValue(null)!),
    ];

    // It stores some hundred rows a second, one by one.
    public override int Many => 250;

    public override TestStore New() => new Store(azurite.NewAccount());

    /// <summary>Opens the tables of one of these stores with retries that hardly wait, so that an outage shows at once.</summary>
    internal static AzureTableStore OpenImpatient(TestStore store, TimeProvider clock) => new(
        options =>
        {
            options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
            return new TableServiceClient(store.Setting.Value, options);
        },
        Tables,
        clock);

    private sealed class Store(string connectionString) : TestStore
    {
        public override (string Key, string Value) Setting => ("AzureWebJobsStorage", connectionString);

        public override async Task<string?> FindAnyAsync(IReadOnlyCollection<string> texts)
        {
            var wanted = new WantedTexts(texts);
            var service = new TableServiceClient(connectionString);
            foreach (var table in Tables.Select(table => service.GetTableClient(table.Name)))
            {
                // A test need not use them all.
                await table.CreateIfNotExistsAsync();
                await foreach (var row in table.QueryAsync<TableEntity>(filter: (string?)null))
                {
                    if (row.Select(cell => wanted.FindIn(Text(cell.Value))).FirstOrDefault(found => found is not null) is { } text)
                        return text;
                }
            }

            return null;
        }

        public override void Dispose()
        {
            // The account goes with Azurite.
        }

        private static string Text(object? value) => value switch
        {
            byte[] bytes => Encoding.Latin1.GetString(bytes),
            _ => value as string ?? "",
        };
    }
}
