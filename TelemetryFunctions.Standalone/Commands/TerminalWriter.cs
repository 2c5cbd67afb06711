using System.Globalization;
using System.Text;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>
/// What commands say, for a terminal: files and reports of others are quoted in it, and may have what a terminal obeys. Control characters but tabs and the ends of lines, and what turns text around, are
/// replaced by U+FFFD.
/// </summary>
internal sealed class TerminalWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write([value], 0, 1);

    /// <remarks>All other ways to write end here.</remarks>
    public override void Write(char[] buffer, int index, int count)
    {
        var shown = buffer.AsSpan(index, count).ToArray();
        for (var i = 0; i < shown.Length; i++)
        {
            // A return alone goes back over what is there.
            var isText = shown[i] is '\n' or '\t' || (shown[i] == '\r' && i + 1 < shown.Length && shown[i + 1] == '\n');
            if (TerminalText.IsUnsafe(shown[i]) && !isText)
                shown[i] = TerminalText.Replacement;
        }

        inner.Write(shown);
    }

    public override void Flush() => inner.Flush();
}
