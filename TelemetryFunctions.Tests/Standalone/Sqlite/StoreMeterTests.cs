using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Sqlite;

/// <summary>What the store tells of its transactions.</summary>
public sealed class StoreMeterTests
{
    private static readonly Column<string> Text = new("Text");
    private static readonly TableSchema Table = new("Metered", Text);

    [Fact]
    public async Task Each_row_is_counted_in_the_transaction_that_wrote_or_deleted_it()
    {
        using var directory = new TemporaryDirectory();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var told = new MetricCollector<int>(meters, StoreMeter.Name, StoreMeter.TransactionRows);
        await using (var store = new SqliteTableStore(directory, [Table], TimeProvider.System, meter: new StoreMeter(meters)))
        {
            await store.InitializeAsync(CancellationToken.None);
            await store.UpsertAsync(Table, [RowOf(1), RowOf(2), RowOf(3)]);
            await Task.WhenAll(Enumerable.Range(4, 200).Select(number => store.UpsertAsync(Table, [RowOf(number)])));
            await store.DeleteAsync(Table, "p", ["1", "2"]);
            await store.PurgeAsync();
        }

        var rows = told.GetMeasurementSnapshot().Select(measurement => measurement.Value).ToList();
        Assert.Equal(3, rows[0]);
        Assert.Equal(2, rows[^1]);
        Assert.Equal(3 + 200 + 2, rows.Sum());
    }

    private static Row RowOf(int number) => new("p", number.ToString(null, null), Text.Of("text"));
}
