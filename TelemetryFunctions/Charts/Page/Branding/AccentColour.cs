using System.Globalization;

namespace TelemetryFunctions.Charts.Page.Branding;

/// <summary>A site's own colour, one that can be read on the light grounds and one on the dark.</summary>
/// <param name="Light">As CSS, for light grounds.</param>
/// <param name="Dark">As CSS, for dark grounds.</param>
public sealed record AccentColour(string Light, string Dark)
{
    /// <summary>The contrast that text must have (WCAG 2.2, 1.4.3): links are of this colour.</summary>
    private const double LeastContrast = 4.5;

    // Steps from a colour to black or white.
    private const int Tones = 64;

    /// <summary>The grounds of the pages: <c>--surface</c> and <c>--page</c> of app.css.</summary>
    internal static readonly IReadOnlyList<string> LightGrounds = ["#ffffff", "#f7f7f4"];

    internal static readonly IReadOnlyList<string> DarkGrounds = ["#1a1a19", "#111110"];

    /// <summary>A style sheet that comes after that of the pages.</summary>
    public string Css => $":root{{--accent:light-dark({Light},{Dark})}}";

    /// <param name="light">The colour; null for the service's own.</param>
    /// <param name="dark">The colour for dark grounds; null for the first tone of <paramref name="light"/> that can be read there.</param>
    /// <exception cref="StartupException">One can't be read on its grounds.</exception>
    internal static AccentColour? Read(SiteValue? light, SiteValue? dark)
    {
        if (light is null)
            return dark is null ? null : throw dark.Unusable("left out where there is no colour for light grounds");

        var colour = Readable(light, LightGrounds, Rgb.Black, "light");
        return new AccentColour(
            colour.ToString(),
            (dark is null ? FirstReadable(Parse(light), DarkGrounds, Rgb.White) : Readable(dark, DarkGrounds, Rgb.White, "dark")).ToString());
    }

    private static Rgb Readable(SiteValue value, IReadOnlyList<string> grounds, Rgb end, string ground)
    {
        var colour = Parse(value);
        var contrast = Contrast(colour, grounds);
        return contrast >= LeastContrast ? colour : throw value.Unusable(string.Create(
            CultureInfo.InvariantCulture,
            $"a colour with a contrast of at least {LeastContrast}:1 on the {ground} grounds {string.Join(" and ", grounds)}, and it has {Math.Floor(contrast * 10) / 10:0.0}:1; {FirstReadable(colour, grounds, end)} has enough"));
    }

    private static Rgb Parse(SiteValue value) =>
        Rgb.TryParse(value.Text, out var colour) ? colour : throw value.Unusable("a colour such as #1d5fb3");

    private static Rgb FirstReadable(Rgb colour, IReadOnlyList<string> grounds, Rgb end) => Enumerable.Range(0, Tones + 1)
        .Select(tone => colour.Towards(end, (double)tone / Tones))
        .First(tone => Contrast(tone, grounds) >= LeastContrast);

    private static double Contrast(Rgb colour, IReadOnlyList<string> grounds) =>
        grounds.Min(ground => Rgb.TryParse(ground, out var parsed) ? colour.ContrastWith(parsed) : 0);
}
