using System.Globalization;
using System.Text.RegularExpressions;

namespace TelemetryFunctions.Charts.Page.Branding;

/// <summary>A colour of sRGB.</summary>
internal readonly partial record struct Rgb(byte Red, byte Green, byte Blue)
{
    public static readonly Rgb Black = new(0, 0, 0);
    public static readonly Rgb White = new(255, 255, 255);

    /// <summary>Reads <c>#1d5fb3</c> or <c>#15b</c>.</summary>
    public static bool TryParse(string text, out Rgb colour)
    {
        colour = default;
        if (!Hex().IsMatch(text))
            return false;

        var digits = text.Length == 4 ? string.Concat(text[1..].Select(digit => $"{digit}{digit}")) : text[1..];
        var bytes = Convert.FromHexString(digits);
        colour = new Rgb(bytes[0], bytes[1], bytes[2]);
        return true;
    }

    /// <summary>A tone on the way to another colour.</summary>
    /// <param name="end">That colour.</param>
    /// <param name="way">How far, 0 to 1.</param>
    public Rgb Towards(Rgb end, double way)
    {
        return new Rgb(Mix(Red, end.Red), Mix(Green, end.Green), Mix(Blue, end.Blue));

        byte Mix(byte from, byte to) => (byte)Math.Round(from + (to - from) * way);
    }

    /// <summary>The contrast of two colours, 1 to 21.</summary>
    /// <remarks>Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio</remarks>
    public double ContrastWith(Rgb other)
    {
        var (a, b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    private static double Linear(byte channel) =>
        channel / 255.0 is var value && value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    [GeneratedRegex("^#([0-9a-f]{3}|[0-9a-f]{6})\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hex();
}
