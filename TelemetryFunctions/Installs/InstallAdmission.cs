namespace TelemetryFunctions.Installs;

/// <summary>
/// Decides which packages and versions of a window are counted: those that have a counter, and as many new ones, largest
/// first, as there is room for.
/// </summary>
/// <remarks>
/// Once it has written any part of what was admitted, a run that is done again admits the same: what has a counter by then
/// came from the same first places, and takes away just as much room.
/// </remarks>
public sealed class InstallAdmission(PackageStore store, InstallLimits limits)
{
    private const int PackagesAtOnce = 256;

    private static readonly HashSet<string> None = [];

    /// <param name="packages">The packages of a window, in the order in which they are admitted.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Those that are counted, with the versions for which there is room.</returns>
    public async Task<List<PackageInstalls>> AdmitAsync(IReadOnlyList<PackageInstalls> packages, CancellationToken cancellation)
    {
        if (packages.Count == 0)
            return [];

        var (room, known) = (limits.Packages, new HashSet<string>(StringComparer.Ordinal));
        var names = packages.Select(package => package.Package).ToHashSet(StringComparer.Ordinal);
        await foreach (var name in store.ReadNamesAsync(cancellation))
        {
            room--;
            if (names.Contains(name))
                known.Add(name);
        }

        // Of a new package no version is known or, where a killed run has begun it, some of the largest.
        var added = packages.Where(package => !known.Contains(package.Package)).Take(Math.Max(room, 0)).ToList();
        added.ForEach(package => package.Fold(None, limits.Versions));
        await Parallel.ForEachAsync(
            packages.Where(package => known.Contains(package.Package)),
            new ParallelOptions { MaxDegreeOfParallelism = PackagesAtOnce, CancellationToken = cancellation },
            async (package, token) => await FoldVersionsAsync(package, token));
        known.UnionWith(added.Select(package => package.Package));
        return [.. packages.Where(package => known.Contains(package.Package))];
    }

    /// <summary>Folds the versions of a package for which there is no room.</summary>
    private async Task FoldVersionsAsync(PackageInstalls package, CancellationToken cancellation)
    {
        var known = await store.ReadVersionNamesAsync(package.Package, cancellation)
            .Where(version => version != InstallCounts.Other)
            .ToHashSetAsync(StringComparer.Ordinal, cancellation);
        package.Fold(known, Math.Max(limits.Versions - known.Count, 0));
    }
}
