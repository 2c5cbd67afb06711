using System.Buffers;
using System.Text;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>Makes a label of a text from a report.</summary>
public static class LabelText
{
    /// <summary>Characters of a label that is published by itself; a longer one counts as <c>other</c>.</summary>
    public const int MaxLength = 64;

    /// <summary>Bytes of such a label in UTF-8: what, encoded, fits into a key.</summary>
    public const int MaxBytes = 160;

    private const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);

    /// <summary>
    /// The text without white space around it, and with control characters replaced by U+FFFD: charts are found by their path, and
    /// none of these means anything to a reader.
    /// </summary>
    public static string Clean(string text)
    {
        text = text.Trim();
        return !text.AsSpan().ContainsAny(Controls) ? text : string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? Replacement : source[i];
        });
    }

    /// <summary>The label under which a text counts.</summary>
    public static string Of(string text)
    {
        var label = Clean(text);
        return label.Length == 0 ? LabelBounds.Unknown : Fits(label) ? label : LabelBounds.Other;
    }

    /// <summary>True where a label may be published by itself.</summary>
    public static bool Fits(string label) => label.Length <= MaxLength && Encoding.UTF8.GetByteCount(label) <= MaxBytes;
}
