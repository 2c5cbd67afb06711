using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Reports;

/// <summary>Forgets a system on its administrator's request.</summary>
public sealed class SystemForgetter(ReportStore reports, SystemRegistry registry, ITableStore store)
{
    /// <summary>Removes all that is stored under a system's id. Returns when nothing of it is left in the files.</summary>
    public async Task ForgetAsync(SystemId system, CancellationToken cancellation)
    {
        // Reports first: see RegistryWriter.
        await reports.DeleteSystemAsync(system, cancellation);
        await registry.DeleteAsync(system.Shard, [system.ToString()], cancellation);
        await store.PurgeAsync(cancellation);
    }
}
