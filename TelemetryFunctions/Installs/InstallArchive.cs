using System.Runtime.CompilerServices;

namespace TelemetryFunctions.Installs;

/// <summary>Takes counters with their days out of a store, and enters them into another one.</summary>
public sealed class InstallArchive(PackageStore packages, InstallPoints points)
{
    /// <summary>The label of a package's own points.</summary>
    private const string Own = "installs";

    /// <summary>Every counter: the versions of a package, then the package.</summary>
    public async IAsyncEnumerable<ArchivedCounter> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (package, counter) in packages.ReadAsync(cancellation))
        {
            var ofVersions = await points.ReadAllAsync(new CounterKey(package, ""), cancellation);
            await foreach (var (version, ofVersion) in packages.ReadVersionsAsync(package, cancellation))
                yield return new ArchivedCounter(new CounterKey(package, version), ofVersion, ofVersions.GetValueOrDefault(version, []));

            var days = await points.ReadAllAsync(new CounterKey(package, null), cancellation);
            yield return new ArchivedCounter(new CounterKey(package, null), counter, days.GetValueOrDefault(Own, []));
        }
    }

    /// <summary>True where a package is counted already.</summary>
    public async Task<bool> HasAsync(string package, CancellationToken cancellation) => await packages.FindAsync(package, cancellation) is not null;

    /// <summary>
    /// Enters a counter of a package that is not counted yet, its days first. The package's own comes last: until it is there, all of them
    /// are entered again.
    /// </summary>
    public async Task EnterAsync(ArchivedCounter archived, CancellationToken cancellation)
    {
        await points.WriteAllAsync(archived.Key, archived.Days, cancellation);
        await packages.AddAsync(archived.Key, archived.Counter, cancellation);
    }
}

/// <summary>A counter with all of its days.</summary>
/// <param name="Key">What it counts.</param>
/// <param name="Counter">The counter.</param>
/// <param name="Days">Its installs by day, oldest first; those in CI are null where there were none or they were not told apart.</param>
public sealed record ArchivedCounter(CounterKey Key, Counter Counter, IReadOnlyList<InstallDay> Days)
{
    /// <summary>The same for a service that adds its windows from a moment on.</summary>
    public ArchivedCounter CountedTo(DateTimeOffset through) => Counter.Through <= through ? this : this with { Counter = Counter with { Through = through } };
}
