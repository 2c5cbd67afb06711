using TelemetryFunctions.Charts.Page.Branding;

namespace TelemetryFunctions.Charts.Preview;

/// <summary>Pixels, and what is drawn over them with smooth edges.</summary>
/// <remarks>
/// Networks show PNG and no SVG. A library that draws brings 15 MB of native code for each platform, and needs fonts that containers
/// don't have; a curve and digits need neither.
/// </remarks>
internal sealed class Raster
{
    private const int Channels = 3;

    public Raster(int width, int height, Rgb ground)
    {
        (Width, Height) = (width, height);
        Pixels = new byte[width * height * Channels];
        for (var i = 0; i < width * height; i++)
            this[i] = ground;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green and blue of each pixel, row by row from the top.</summary>
    public byte[] Pixels { get; }

    private Rgb this[int pixel]
    {
        get => new(Pixels[pixel * Channels], Pixels[pixel * Channels + 1], Pixels[pixel * Channels + 2]);
        set => (Pixels[pixel * Channels], Pixels[pixel * Channels + 1], Pixels[pixel * Channels + 2]) = (value.Red, value.Green, value.Blue);
    }

    /// <summary>Draws a line with round ends and joints. Where it meets itself, it is drawn once.</summary>
    public void Stroke(IReadOnlyList<(double X, double Y)> points, double width, Rgb color)
    {
        var reach = width / 2 + 1;
        var coverage = new Dictionary<int, double>();
        for (var i = 0; i < points.Count; i++)
        {
            var (a, b) = (points[i], points[Math.Min(i + 1, points.Count - 1)]);
            for (var y = First(Math.Min(a.Y, b.Y) - reach); y <= Last(Math.Max(a.Y, b.Y) + reach, Height); y++)
            {
                for (var x = First(Math.Min(a.X, b.X) - reach); x <= Last(Math.Max(a.X, b.X) + reach, Width); x++)
                {
                    var covered = Math.Clamp(width / 2 + 0.5 - Distance(x + 0.5, y + 0.5, a, b), 0, 1);
                    if (covered > coverage.GetValueOrDefault(y * Width + x))
                        coverage[y * Width + x] = covered;
                }
            }
        }

        foreach (var (pixel, covered) in coverage)
            Blend(pixel, covered, color);
    }

    /// <summary>Fills what is below a line that goes from left to right, down to a row.</summary>
    public void FillBelow(IReadOnlyList<(double X, double Y)> points, double bottom, double opacity, Rgb color)
    {
        for (var (i, x) = (0, First(points[0].X)); x <= Last(points[^1].X, Width); x++)
        {
            while (i + 2 < points.Count && points[i + 1].X < x)
                i++;
            var (a, b) = (points[i], points[Math.Min(i + 1, points.Count - 1)]);
            var part = b.X == a.X ? 0 : Math.Clamp((x - a.X) / (b.X - a.X), 0, 1);
            var top = a.Y + part * (b.Y - a.Y);
            for (var y = First(top); y <= Last(bottom, Height); y++)
                Blend(y * Width + x, opacity * Math.Clamp(Math.Min(y + 1, bottom) - Math.Max(y, top), 0, 1), color);
        }
    }

    private void Blend(int pixel, double amount, Rgb color) => this[pixel] = this[pixel].Towards(color, amount);

    private static int First(double place) => Math.Max(0, (int)Math.Floor(place));

    private static int Last(double place, int size) => Math.Min(size - 1, (int)Math.Floor(place));

    private static double Distance(double x, double y, (double X, double Y) a, (double X, double Y) b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var length = dx * dx + dy * dy;
        var part = length == 0 ? 0 : Math.Clamp(((x - a.X) * dx + (y - a.Y) * dy) / length, 0, 1);
        return Math.Sqrt(Math.Pow(x - a.X - part * dx, 2) + Math.Pow(y - a.Y - part * dy, 2));
    }
}
