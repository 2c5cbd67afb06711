using System.Runtime.InteropServices;

namespace TelemetryFunctions.Storage.AzureTables;

/// <summary>Writes of several callers to one partition, merged into one transaction.</summary>
internal sealed class WriteBatch(TableSchema table)
{
    private readonly Dictionary<string, (Row Row, int Bytes)> _rows = new(StringComparer.Ordinal);
    private long _bytes;

    public List<PendingWrite> Writes { get; } = [];

    public IEnumerable<Row> Rows => _rows.Values.Select(row => row.Row);

    /// <summary>The earliest of the callers' deadlines.</summary>
    public DateTimeOffset? NotAfter => Writes.Min(write => write.NotAfter);

    /// <summary>Adds a caller's rows, all of them or, where the transaction would break a limit, none.</summary>
    public bool TryAdd(PendingWrite write)
    {
        var (count, bytes) = (_rows.Count, _bytes);
        foreach (var row in write.Rows)
        {
            if (_rows.TryGetValue(row.Key, out var replaced))
                bytes -= replaced.Bytes;
            else
                count++;
            bytes += StorageLimits.CheckRow(table, row);
        }

        // A caller's own rows were checked; duplicates among them only make this sum too high.
        if (Writes.Count > 0 && (count > StorageLimits.MaxBatchRows || bytes > StorageLimits.MaxBatchBytes))
            return false;

        foreach (var row in write.Rows)
            Put(row);
        Writes.Add(write);
        return true;
    }

    private void Put(Row row)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, row.Key, out _);
        _bytes -= slot.Bytes;
        slot = (row, StorageLimits.CheckRow(table, row));
        _bytes += slot.Bytes;
    }
}
