using Azure;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>What every row of a table has.</summary>
public interface ITableEntity
{
    string PartitionKey { get; set; }

    string RowKey { get; set; }

    /// <summary>When the service last wrote the row. Ignored on writes.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The row's version as it was read. Ignored on writes, which take theirs as an argument.</summary>
    ETag ETag { get; set; }
}
