using System.Globalization;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>Draws a badge as SVG, for who shows it without shields.io.</summary>
internal static class BadgeSvg
{
    private const int Height = 20;
    private const int Padding = 6;

    // An average of the font's; each text is stretched to the width that is planned for it, whatever font there is.
    private const int CharacterWidth = 7;

    public static string Draw(ShieldsBadge badge)
    {
        var (label, message) = (WidthOf(badge.Label), WidthOf(badge.Message));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{label + message}" height="{Height}" role="img" aria-label="{badge.Label}: {badge.Message}">
            <title>{badge.Label}: {badge.Message}</title>
            <rect width="{label + message}" height="{Height}" rx="3" fill="#1d5fb3"/>
            <path d="M3 0h{label - 3}v{Height}h-{label - 3}a3 3 0 0 1-3-3v-14a3 3 0 0 1 3-3z" fill="#4a4a46"/>
            <g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
            {TextAt(badge.Label, 0)}
            {TextAt(badge.Message, label)}
            </g>
            </svg>

            """);
    }

    private static string TextAt(string text, int left) => string.Create(
        CultureInfo.InvariantCulture, $"""<text x="{left + Padding}" y="14" textLength="{text.Length * CharacterWidth}" lengthAdjust="spacingAndGlyphs">{text}</text>""");

    private static int WidthOf(string text) => text.Length * CharacterWidth + 2 * Padding;
}
