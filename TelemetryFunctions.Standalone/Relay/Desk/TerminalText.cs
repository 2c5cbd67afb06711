namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>Text of others for a terminal, which would obey what is in it.</summary>
internal static class TerminalText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Text without control characters, but for the ends of lines and tabs.</summary>
    public static string Lines(string text) => Replace(text.ReplaceLineEndings("\n"), character => char.IsControl(character) && character is not ('\n' or '\t'));

    /// <summary>Text that is one line, without control characters.</summary>
    public static string Line(string text) => Replace(text.ReplaceLineEndings(" "), char.IsControl);

    private static string Replace(string text, Func<char, bool> isUnwanted) => text.Any(isUnwanted)
        ? string.Create(text.Length, (text, isUnwanted), static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = from.isUnwanted(from.text[i]) ? Replacement : from.text[i];
        })
        : text;
}
