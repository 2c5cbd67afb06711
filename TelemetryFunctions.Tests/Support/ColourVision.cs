using System.Globalization;

namespace TelemetryFunctions.Tests.Support;

/// <summary>How far apart colours, <c>#rrggbb</c>, look with every kind of colour blindness.</summary>
internal static class ColourVision
{
    /// <summary>In OKLab, where 0.02 is a difference that one just notices.</summary>
    public const double Apart = 0.1;

    // Machado, Oliveira and Fernandes 2009, severity 1: https://doi.org/10.1109/TVCG.2009.113
    private static readonly Dictionary<string, double[]> BySight = new()
    {
        ["trichromacy"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    /// <summary>Every kind of sight.</summary>
    public static IEnumerable<string> Sights => BySight.Keys;

    /// <summary>The distance in OKLab for one kind of sight.</summary>
    public static double Distance(string a, string b, string sight) =>
        Math.Sqrt(OkLab(See(BySight[sight], a)).Zip(OkLab(See(BySight[sight], b)), (x, y) => (x - y) * (x - y)).Sum());

    /// <summary>The contrast of WCAG 2.2, from 1 to 21.</summary>
    public static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string hue) => Channels(hue).Zip([0.2126, 0.7152, 0.0722], (value, weight) => value * weight).Sum();

    private static double[] Channels(string hue) =>
        [.. Enumerable.Range(0, 3).Select(i => Linear(int.Parse(hue.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0))];

    private static double[] See(double[] sight, string hue)
    {
        var linear = Channels(hue);
        return [.. Enumerable.Range(0, 3).Select(row => Math.Clamp(Enumerable.Range(0, 3).Sum(i => sight[3 * row + i] * linear[i]), 0, 1))];
    }

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    // https://bottosson.github.io/posts/oklab/
    private static double[] OkLab(double[] rgb)
    {
        var l = Math.Cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
        var m = Math.Cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
        var s = Math.Cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
        return
        [
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
        ];
    }
}
