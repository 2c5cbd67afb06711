namespace TelemetryFunctions.Http;

/// <summary>Text as a field of CSV (RFC 4180).</summary>
public static class CsvText
{
    /// <summary>How a line ends.</summary>
    public const string LineEnd = "\r\n";

    private const char TextMark = '\'';

    /// <remarks>
    /// Names and versions come from clients: one that a spreadsheet would run as a formula is marked as text, and so is one that would be read as
    /// marked.
    /// </remarks>
    public static string Field(string text)
    {
        var safe = IsFormula(text.AsSpan().TrimStart(TextMark)) ? TextMark + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>The text of a field that <see cref="Field"/> wrote, once its quotes are gone.</summary>
    public static string Unmark(string field) => field is [TextMark, .. var text] && IsFormula(text.AsSpan().TrimStart(TextMark)) ? text : field;

    private static bool IsFormula(ReadOnlySpan<char> text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}
