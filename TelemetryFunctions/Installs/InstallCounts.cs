namespace TelemetryFunctions.Installs;

/// <summary>
/// The installs of a window, by package and version, in bounded memory: when there are twice as many packages as are
/// counted, the smaller half is forgotten.
/// </summary>
/// <remarks>
/// A package that always is among the largest is counted exactly. Rows come in key order, so a window that is counted again
/// gives the same.
/// </remarks>
public sealed class InstallCounts(InstallLimits limits)
{
    /// <summary>What the rest of the versions is called.</summary>
    public const string Other = "other";

    private Dictionary<string, PackageInstalls> _packages = new(StringComparer.Ordinal);

    /// <summary>Installs of packages that are not counted.</summary>
    public long Uncounted { get; private set; }

    /// <summary>Counts one install.</summary>
    /// <param name="download">What was installed.</param>
    /// <param name="bucketEnd">The end of its bucket.</param>
    /// <param name="isCi">Whether it was in CI; null where that is not known.</param>
    public void Add(Download download, DateTimeOffset bucketEnd, bool? isCi)
    {
        if (!_packages.TryGetValue(download.Package, out var package))
        {
            if (_packages.Count >= 2 * limits.WindowPackages)
                Forget();
            _packages[download.Package] = package = new PackageInstalls(download.Package, limits.WindowVersions);
        }

        package.Add(download.Version, bucketEnd, isCi);
    }

    /// <summary>The packages that are counted, most installs first, ties in ordinal order.</summary>
    public IReadOnlyList<PackageInstalls> Finish()
    {
        var kept = Forget();
        kept.ForEach(package => package.Finish());
        return kept;
    }

    private List<PackageInstalls> Forget()
    {
        var largest = _packages.Values
            .OrderByDescending(package => package.Installs)
            .ThenBy(package => package.Package, StringComparer.Ordinal)
            .ToList();
        Uncounted += largest.Skip(limits.WindowPackages).Sum(package => package.Installs);
        var kept = largest.Take(limits.WindowPackages).ToList();
        _packages = kept.ToDictionary(package => package.Package, StringComparer.Ordinal);
        return kept;
    }
}
