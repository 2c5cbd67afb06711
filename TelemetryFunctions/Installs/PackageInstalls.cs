namespace TelemetryFunctions.Installs;

/// <summary>The installs of a package in a window, by version, in bounded memory.</summary>
/// <param name="package">The package.</param>
/// <param name="maxVersions">Versions that are counted; those with fewer installs go into <see cref="InstallCounts.Other"/>.</param>
public sealed class PackageInstalls(string package, int maxVersions)
{
    private static readonly HashSet<string> None = [];

    private readonly InstallDelta _all = new();
    private readonly Dictionary<string, InstallDelta> _versions = new(StringComparer.Ordinal);

    public string Package => package;

    public long Installs { get; private set; }

    /// <summary>Counts one install in the bucket that ends at <paramref name="bucketEnd"/>.</summary>
    public void Add(string version, DateTimeOffset bucketEnd, bool? isCi)
    {
        if (!_versions.ContainsKey(version) && _versions.Count >= 2 * maxVersions)
            Fold(None, maxVersions);
        Installs++;
        _all.Add(bucketEnd, isCi);
        Of(version).Add(bucketEnd, isCi);
    }

    /// <summary>Leaves no more versions than are counted.</summary>
    public void Finish() => Fold(None, maxVersions);

    /// <summary>Leaves the known versions and the largest of the new ones; the rest goes into <see cref="InstallCounts.Other"/>.</summary>
    /// <param name="known">Versions that stay in any case.</param>
    /// <param name="room">New versions that stay.</param>
    public void Fold(IReadOnlySet<string> known, int room)
    {
        var surplus = _versions
            .Where(version => version.Key != InstallCounts.Other && !known.Contains(version.Key))
            .OrderByDescending(version => version.Value.Installs)
            .ThenBy(version => version.Key, StringComparer.Ordinal)
            .Skip(room)
            .ToList();
        foreach (var (version, delta) in surplus)
        {
            Of(InstallCounts.Other).Add(delta);
            _versions.Remove(version);
        }
    }

    /// <summary>The counter of all versions, which has no version, and those of the versions.</summary>
    public IEnumerable<(CounterKey Key, InstallDelta Delta)> Deltas() =>
        _versions
            .Select(version => (new CounterKey(package, version.Key), version.Value))
            .Prepend((new CounterKey(package, null), _all));

    private InstallDelta Of(string version)
    {
        if (!_versions.TryGetValue(version, out var delta))
            _versions[version] = delta = new InstallDelta();
        return delta;
    }
}
