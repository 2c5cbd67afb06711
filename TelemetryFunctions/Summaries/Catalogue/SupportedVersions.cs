namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>Which versions the maintainers support, whole or in parts: <c>3.50</c> is every 3.50.x.</summary>
/// <param name="OfAll">Those of every component; null where they are said one by one.</param>
/// <param name="OfNames">Those of single components.</param>
public sealed record SupportedVersions(IReadOnlyList<string>? OfAll, IReadOnlyDictionary<string, IReadOnlyList<string>> OfNames)
{
    /// <summary>Nothing is said.</summary>
    public static readonly SupportedVersions Unknown = new(null, new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>The versions of a component that are supported; null where that is not said.</summary>
    public IReadOnlyList<string>? Of(string name) => OfNames.GetValueOrDefault(name) ?? OfAll;
}
