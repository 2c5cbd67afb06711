namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>Makes a label of a text from a report.</summary>
public static class LabelText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text with control characters, and dots that a path would take for a folder, replaced by U+FFFD: charts are found
    /// by their path, and none of these means anything to a reader.
    /// </summary>
    public static string Clean(string text) =>
        text is "." or ".." ? Replacement.ToString()
        : !text.Any(char.IsControl) ? text
        : string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? Replacement : source[i];
        });
}
