using System.Collections.Frozen;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Tests.Installs.Pages;

internal static class Lists
{
    /// <summary>The list of packages of a store.</summary>
    public static PackageListStore Open(ITableStore store, PackageStore packages, TimeProvider clock)
    {
        var options = new InstallOptions(TimeSpan.FromHours(1), FrozenSet<string>.Empty, MinimumLabelInstalls: 3);
        return new PackageListStore(store, packages, new AgentShareBuilder(new AgentStore(store), options), clock);
    }
}
