using TelemetryFunctions.Charts.Page.Branding;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Preview;

/// <summary>The picture that networks show with a link to the site: the headline's number and its course.</summary>
internal static class PreviewPicture
{
    // What networks ask for.
    public const int Width = 1200;
    public const int Height = 630;

    private const int Margin = 72;
    private const int NumberHeight = 120;
    private const int CurveTop = 270;
    private const double Wash = 0.16;

    private static readonly Rgb Ink = new(0x14, 0x14, 0x0F);
    private static readonly Rgb Accent = new(0x1D, 0x5F, 0xB3);
    private static readonly Rgb Hairline = new(0xE7, 0xE6, 0xE1);

    /// <param name="values">The values of the days, oldest first; null where one is not known.</param>
    public static Raster Draw(IReadOnlyList<double?> values)
    {
        var picture = new Raster(Width, Height, Rgb.White);
        const int bottom = Height - Margin;
        picture.Stroke([(Margin, bottom), (Width - Margin, bottom)], 2, Hairline);
        if (values.LastOrDefault(value => value is not null) is not { } newest)
            return picture;

        foreach (var line in Digits.LinesOf(ValueAxis.Text(Math.Round(newest), Texts.English), Margin, Margin, NumberHeight))
            picture.Stroke(line, 14, Ink);

        var most = Math.Max(1e-9, values.Max() ?? 0);
        foreach (var run in Runs(values))
        {
            var points = run.Select(i => (
                X: values.Count == 1 ? Width / 2.0 : Margin + (Width - 2.0 * Margin) * i / (values.Count - 1),
                Y: bottom - (bottom - CurveTop) * values[i]!.Value / most)).ToList();
            if (points.Count > 1)
                picture.FillBelow(points, bottom, Wash, Accent);
            picture.Stroke(points, 6, Accent);
        }

        return picture;
    }

    /// <summary>Days that follow one another without a gap.</summary>
    private static List<List<int>> Runs(IReadOnlyList<double?> values)
    {
        var runs = new List<List<int>>();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is null)
                continue;
            if (i == 0 || values[i - 1] is null)
                runs.Add([]);
            runs[^1].Add(i);
        }

        return runs;
    }
}
