namespace TelemetryFunctions.Storage;

/// <summary>A table that a store has.</summary>
/// <param name="Name">The name of its <see cref="TableSchema"/>.</param>
/// <param name="Rows">How many rows it has, at most <see cref="MaxCounted"/>; null where counting them is not cheap.</param>
/// <param name="MissingColumns">Columns of its schema that it gets when the store is opened.</param>
public sealed record StoredTable(string Name, long? Rows, IReadOnlyList<string> MissingColumns)
{
    /// <summary>Rows that are counted, so that a look at a store of any size takes a moment. One more says that there are more.</summary>
    public const long MaxCounted = 1_000_000;
}
