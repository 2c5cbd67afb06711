using System.Globalization;
using System.Text;
using System.Xml;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>Text of a drawing, which nobody measures before it is drawn.</summary>
internal static class SvgText
{
    private const char Replacement = '\uFFFD';

    // Of the em: an average of sans-serif fonts, on the safe side, and what scripts of the far east take.
    private const double Narrow = 0.6;
    private const double Wide = 1.05;
    private const char FirstWide = '\u2E80';

    /// <summary>The text with U+FFFD where XML allows no such character.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : Replacement);
        }

        return clean.ToString();
    }

    /// <summary>About so wide is a text in a font of a size.</summary>
    public static double Width(string text, double size) => size * text.Sum(character => character < FirstWide ? Narrow : Wide);

    /// <summary>The text, cut to a width, with an ellipsis where something was cut off.</summary>
    public static string Fit(string text, double width, double size)
    {
        if (Width(text, size) <= width)
            return text;

        var characters = StringInfo.ParseCombiningCharacters(text);
        var last = Array.FindLastIndex(characters, end => Width(text[..end], size) + size <= width);
        return last < 0 ? "" : text[..characters[last]].TrimEnd() + "…";
    }
}
