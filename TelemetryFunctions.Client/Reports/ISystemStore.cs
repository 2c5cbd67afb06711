namespace TelemetryFunctions.Client.Reports;

/// <summary>
/// Keeps the one state of a system. Nodes that share a database share it there: they are one system then, and one of them reports.
/// </summary>
public interface ISystemStore
{
    /// <summary>The state; null where there is none yet.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<SystemState?> FindAsync(CancellationToken cancellation);

    /// <summary>
    /// Writes a state where another is stored, in one step: of several nodes that try the same, one succeeds. In SQL,
    /// <c>UPDATE … SET state = @after WHERE state = @before</c>, of texts by <see cref="SystemState.ToJson"/>.
    /// </summary>
    /// <param name="before">What must be stored now; null for nothing.</param>
    /// <param name="after">What is to be stored.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False where something else is stored, which then stays.</returns>
    ValueTask<bool> TryReplaceAsync(SystemState? before, SystemState after, CancellationToken cancellation);
}
