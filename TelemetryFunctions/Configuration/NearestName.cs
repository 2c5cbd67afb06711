using Quickenshtein;

namespace TelemetryFunctions.Configuration;

/// <summary>What somebody who misspelt a name meant.</summary>
public static class NearestName
{
    // Two letters that changed places are two changes. Beyond a third of a name two have little in common.
    private const int SlipOfTheFinger = 2;
    private const int PartThatMayDiffer = 3;

    /// <summary>The name that takes the fewest changes, or null where none is near.</summary>
    public static string? Of(string given, IEnumerable<string> names) =>
        names.MinBy(name => Changes(given, name)) is { } nearest && Changes(given, nearest) <= Math.Max(SlipOfTheFinger, Math.Max(given.Length, nearest.Length) / PartThatMayDiffer)
            ? nearest
            : null;

    /// <summary>Characters to change, add or remove, upper and lower case being the same.</summary>
    public static int Changes(string given, string name) => Levenshtein.GetDistance(given.ToUpperInvariant(), name.ToUpperInvariant());
}
