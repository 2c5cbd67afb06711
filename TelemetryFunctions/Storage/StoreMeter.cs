using System.Diagnostics.Metrics;

namespace TelemetryFunctions.Storage;

/// <summary>Tells how many rows share a transaction: what a write costs depends on it more than on anything else.</summary>
public sealed class StoreMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "TelemetryFunctions.Store";

    /// <summary>The name of its histogram.</summary>
    public const string TransactionRows = "telemetry.store.transaction.rows";

    private readonly Histogram<int> _rows;

    public StoreMeter(IMeterFactory meters) =>
        _rows = meters.Create(Name).CreateHistogram<int>(TransactionRows, "{row}", "Rows that were written or deleted in one transaction.");

    public void Committed(int rows) => _rows.Record(rows);
}
