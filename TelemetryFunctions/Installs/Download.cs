namespace TelemetryFunctions.Installs;

/// <summary>One package of a notification.</summary>
/// <param name="Package">A name by <see cref="PackageName"/>, in lower case.</param>
/// <param name="Version">A version by <see cref="PackageVersion"/>, as people write it, or <see cref="InstallCounts.Other"/>.</param>
public readonly record struct Download(string Package, string Version);

/// <summary>What a notification says.</summary>
/// <param name="Downloads">What is wanted of it, each once.</param>
/// <param name="Dropped">Entries that are no download, are not wanted here, or are beyond the limit.</param>
public sealed record Notification(IReadOnlyCollection<Download> Downloads, int Dropped);
