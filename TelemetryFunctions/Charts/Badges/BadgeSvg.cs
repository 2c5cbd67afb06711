using System.Globalization;
using TelemetryFunctions.Charts.Svg;

namespace TelemetryFunctions.Charts.Badges;

/// <summary>Draws a badge as SVG, for who shows it without shields.io.</summary>
internal static class BadgeSvg
{
    private const int Height = 20;
    private const int Padding = 6;
    private const int TextSize = 11;

    public static string Draw(Badge badge)
    {
        var (label, message) = (WidthOf(badge.Label), WidthOf(badge.Message));
        var width = label + message;
        var words = $"{badge.Label}: {badge.Message}";
        using var svg = new SvgWriter();
        svg.Open("svg", ("width", width), ("height", Height), ("role", "img"), ("aria-label", words))
            .AddText("title", words)
            .Add("rect", ("width", width), ("height", Height), ("rx", 3), ("fill", badge.Color == Badge.Unknown ? "#6b6a64" : "#1d5fb3"))
            .Add("path", ("d", string.Create(CultureInfo.InvariantCulture, $"M3 0h{label - 3}v{Height}h-{label - 3}a3 3 0 0 1-3-3v-14a3 3 0 0 1 3-3z")), ("fill", "#4a4a46"))
            .Open("g", ("fill", "#fff"), ("font-family", "Verdana,Geneva,DejaVu Sans,sans-serif"), ("font-size", TextSize));
        AddText(svg, badge.Label, 0);
        AddText(svg, badge.Message, label);
        return svg.Close().Close().ToString();
    }

    /// <summary>Each text is stretched to the width that is planned for it, whatever font there is.</summary>
    private static void AddText(SvgWriter svg, string text, int left) => svg.AddText(
        "text", text, ("x", left + Padding), ("y", 14), ("textLength", WidthOf(text) - 2 * Padding), ("lengthAdjust", "spacingAndGlyphs"));

    private static int WidthOf(string text) => (int)Math.Ceiling(SvgText.Width(text, TextSize)) + 2 * Padding;
}
