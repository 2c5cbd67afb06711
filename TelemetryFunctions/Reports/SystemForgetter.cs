using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Reports;

/// <summary>Forgets a system on its administrator's request.</summary>
public sealed class SystemForgetter(ReportStore reports, SystemRegistry registry)
{
    /// <summary>
    /// Removes all that is stored under a system's id. Nobody finds anything of it any more when this returns, and within an hour nothing of it is
    /// left in the store's files, see <see cref="ITableStore.PurgeAsync"/>.
    /// </summary>
    public async Task ForgetAsync(SystemId system, CancellationToken cancellation)
    {
        // Reports first: see RegistryWriter.
        await reports.DeleteSystemAsync(system, cancellation);
        await registry.DeleteAsync(system.Shard, [system.ToString()], cancellation);
    }
}
