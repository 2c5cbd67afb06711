namespace TelemetryFunctions.Http;

/// <summary>Text as a field of CSV (RFC 4180).</summary>
public static class CsvText
{
    /// <summary>How a line ends.</summary>
    public const string LineEnd = "\r\n";

    /// <remarks>Names and versions come from clients: one that a spreadsheet would run as a formula is marked as text.</remarks>
    public static string Field(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
