using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Reports;

/// <summary>Tells prerelease and development versions from released ones.</summary>
internal static class Prerelease
{
    private const string Branch = "dev-";

    /// <summary>
    /// True for a version that says that it is not released, and for Composer's branches (<c>dev-master</c>). Anything else, odd
    /// forms included, counts as released: docs/versions.md has the rules.
    /// </summary>
    public static bool Is(ReadOnlySpan<char> version) =>
        version.TrimStart().StartsWith(Branch, StringComparison.OrdinalIgnoreCase)
        || (VersionText.TryParse(version, out var parsed) && parsed.IsPrerelease());
}
