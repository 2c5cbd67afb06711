namespace TelemetryFunctions.Storage.Migrations;

/// <summary>What a store is like, and what is to be done with it.</summary>
/// <param name="Tables">Every table that this version uses, sorted by name.</param>
/// <param name="Pending">What is to be done, in this order.</param>
public sealed record StoreStatus(IReadOnlyList<TableStatus> Tables, IReadOnlyList<PendingStep> Pending);

/// <summary>A table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Format">The last migration that changed its rows; 0 where none did.</param>
/// <param name="Stored">What the store says of it; null where it has none yet.</param>
public sealed record TableStatus(string Name, int Format, StoredTable? Stored);

/// <summary>Something that is to be done.</summary>
/// <param name="IsPre">True before a deployment, false after it.</param>
/// <param name="Number">The migration it belongs to; null for what belongs to none.</param>
/// <param name="Does">What it does: <c>creates …</c></param>
public sealed record PendingStep(bool IsPre, int? Number, string Does);
