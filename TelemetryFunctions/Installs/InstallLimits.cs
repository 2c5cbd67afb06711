namespace TelemetryFunctions.Installs;

/// <summary>
/// How much is counted, so that no sender of invented packages and versions can make tables and memory grow without end.
/// </summary>
public sealed record InstallLimits
{
    /// <summary>Packages counted in one window; of those with fewer installs nothing is.</summary>
    public int WindowPackages { get; init; } = 20_000;

    /// <summary>Versions of a package counted in one window; those with fewer installs go into <see cref="InstallCounts.Other"/>.</summary>
    public int WindowVersions { get; init; } = 200;

    /// <summary>Packages there can be; beyond that no new ones are added.</summary>
    public int Packages { get; init; } = 250_000;

    /// <summary>Versions a package can have; beyond that new ones go into <see cref="InstallCounts.Other"/>.</summary>
    public int Versions { get; init; } = 1_000;
}
