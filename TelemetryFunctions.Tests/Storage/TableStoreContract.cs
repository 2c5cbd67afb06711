using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Tests.Storage;

/// <summary>
/// What <see cref="ITableStore"/> promises. One derived class for each adapter opens the store and removes it.
/// </summary>
public abstract partial class TableStoreContract : IAsyncLifetime
{
    protected static readonly Column<byte[]> Payload = new("Payload");
    protected static readonly Column<string> Text = new("Text");
    protected static readonly Column<long> Count = new("Count");
    protected static readonly Column<double> Value = new("Value");
    protected static readonly Column<DateTimeOffset> At = new("At");

    /// <summary>A table of this test's own.</summary>
    protected TableSchema Table { get; } = new($"T{Guid.NewGuid():N}", Payload, Text, Count, Value, At) { IsPersonal = true };

    protected ITableStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync(Table);

    public abstract Task DisposeAsync();

    /// <summary>An initialized store with the given tables.</summary>
    protected abstract Task<ITableStore> OpenAsync(params TableSchema[] tables);

    protected static Row Counted(string partition, string key, long count = 0) => new(partition, key, Count.Of(count));

    protected async Task<List<Row>> ScanAsync(KeyRange range, IReadOnlyList<Column>? columns = null)
    {
        var rows = new List<Row>();
        await foreach (var row in Store.ScanAsync(Table, range, columns))
            rows.Add(row);
        return rows;
    }

    protected async Task<List<string>> KeysAsync(KeyRange range) => [.. (await ScanAsync(range, [])).Select(row => row.Key)];

    /// <summary>Fills a partition with rows "00000", "00001" and so on.</summary>
    protected async Task FillAsync(string partition, int rows)
    {
        foreach (var slice in Enumerable.Range(0, rows).Chunk(StorageLimits.MaxBatchRows))
            await Store.UpsertAsync(Table, [.. slice.Select(i => Counted(partition, i.ToString("D5", null), i))]);
    }
}
