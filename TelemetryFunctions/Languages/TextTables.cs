using System.Collections.Frozen;

namespace TelemetryFunctions.Languages;

/// <summary>The languages that there are: one for each file of this folder, which the build embeds.</summary>
public static class TextTables
{
    /// <summary>The language of the service, which has every text.</summary>
    public const string Standard = "en";

    private const string Prefix = "languages/";
    private const string Suffix = ".json";

    private static readonly FrozenDictionary<string, TextTable> ByLanguage = Load().ToFrozenDictionary(table => table.Language, StringComparer.OrdinalIgnoreCase);

    /// <summary>The tables, by language.</summary>
    public static IReadOnlyList<TextTable> All { get; } = [.. ByLanguage.Values.OrderBy(table => table.Language, StringComparer.Ordinal)];

    /// <summary>The table of a language such as <c>de</c>; null where there is none.</summary>
    public static TextTable? Find(string language) => ByLanguage.GetValueOrDefault(language);

    private static IEnumerable<TextTable> Load()
    {
        var assembly = typeof(TextTables).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var json = assembly.GetManifestResourceStream(name)!;
            yield return TextTable.Read(name[Prefix.Length..^Suffix.Length], json);
        }
    }
}
