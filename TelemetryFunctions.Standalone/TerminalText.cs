namespace TelemetryFunctions.Standalone;

/// <summary>Text of others for terminals and logs, which would obey what is in it.</summary>
internal static class TerminalText
{
    /// <summary>Stands where something was that must not be shown as it is.</summary>
    public const char Replacement = '\uFFFD';

    private const int MostCharacters = 300;

    /// <summary>The beginning of a text, as one line without what must not be shown.</summary>
    public static string Short(string text) =>
        string.Concat((text.Length <= MostCharacters ? text : text[..MostCharacters] + "…").ReplaceLineEndings(" ").Select(character => IsUnsafe(character) ? Replacement : character));

    /// <summary>True for control characters, and for what turns text around, so that it reads as another one.</summary>
    public static bool IsUnsafe(char character) => char.IsControl(character) || character is '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
