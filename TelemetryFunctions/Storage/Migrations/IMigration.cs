namespace TelemetryFunctions.Storage.Migrations;

/// <summary>
/// A change of how rows are stored, in two halves. Pre runs before anything else of the version that brings it, and leaves rows that older
/// versions, which may still run, and this one understand. Post runs when no older version runs any more.
/// </summary>
/// <remarks>Either half may be killed anywhere, done twice, and done by two machines at once.</remarks>
public interface IMigration
{
    /// <summary>1, 2, and so on, without a gap.</summary>
    int Number { get; }

    /// <summary>Whose rows it changes.</summary>
    IReadOnlyList<TableSchema> Tables { get; }

    /// <summary>True where chart documents must be made again, once post is done.</summary>
    bool ChangesCharts { get; }

    /// <summary>What <see cref="PreAsync"/> does, for the operator: <c>copies …</c></summary>
    string Pre { get; }

    /// <summary>What <see cref="PostAsync"/> does, for the operator: <c>deletes …</c></summary>
    string Post { get; }

    Task PreAsync(ITableStore store, CancellationToken cancellation);

    Task PostAsync(ITableStore store, CancellationToken cancellation);
}
