using TelemetryFunctions.Storage.Migrations;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Says whether a store can be read that is not opened, because the service may run on it or nothing in it is to change.</summary>
internal static class UnopenedStore
{
    /// <summary>True where there is a store, false where it is yet to be made.</summary>
    /// <exception cref="StartupException">It lacks what this version reads, because an older one made it; or it can't be used.</exception>
    public static async Task<bool> HasStoreAsync(this Migrator migrator, CancellationToken cancellation)
    {
        var status = await migrator.LookAsync(cancellation);
        if (status.Tables.All(table => table.Stored is null))
            return false;
        return status.Pending.Any(step => step.IsPre) ? throw new StartupException("The store is of an older version; run migrate first.") : true;
    }
}
