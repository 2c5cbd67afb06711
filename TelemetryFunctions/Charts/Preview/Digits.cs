namespace TelemetryFunctions.Charts.Preview;

/// <summary>Digits as lines, in a box of height 1.</summary>
internal static class Digits
{
    private const double Width = 0.6;
    private const double Space = 0.2;
    private const int ArcSteps = 32;

    private const int CurveSteps = 6;

    private static readonly (double X, double Y)[] Six = Curve(
        (0.52, 0.1), (0.41, 0.02), (0.28, 0), (0.13, 0.07), (0.04, 0.24), (0.01, 0.5), (0.02, 0.72), (0.09, 0.9), (0.22, 0.99), (0.36, 1),
        (0.5, 0.92), (0.58, 0.77), (0.58, 0.62), (0.51, 0.48), (0.38, 0.41), (0.24, 0.42), (0.1, 0.51), (0.02, 0.67));

    private static readonly Dictionary<char, (double Width, (double X, double Y)[][] Lines)> Glyphs = new()
    {
        ['0'] = (Width, [Ellipse(0.5, 0.3, 0.5)]),
        ['1'] = (0.4, [[(0.04, 0.22), (0.3, 0), (0.3, 1)]]),
        ['2'] = (Width, [[.. Curve((0.02, 0.27), (0.06, 0.12), (0.17, 0.02), (0.31, 0), (0.46, 0.03), (0.56, 0.14), (0.58, 0.28), (0.52, 0.43), (0.38, 0.6)), (0.02, 1), (0.6, 1)]]),
        ['3'] = (Width,
        [
            Curve((0.03, 0.17), (0.12, 0.04), (0.29, 0), (0.46, 0.04), (0.55, 0.16), (0.54, 0.31), (0.44, 0.43), (0.27, 0.47)),
            Curve((0.27, 0.47), (0.46, 0.51), (0.58, 0.63), (0.59, 0.78), (0.5, 0.93), (0.31, 1), (0.12, 0.97), (0.01, 0.83)),
        ]),
        ['4'] = (0.64, [[(0.45, 1), (0.45, 0), (0, 0.7), (0.64, 0.7)]]),
        ['5'] = (Width, [[(0.54, 0), (0.1, 0), .. Curve((0.05, 0.45), (0.16, 0.38), (0.31, 0.36), (0.47, 0.41), (0.58, 0.53), (0.59, 0.72), (0.53, 0.88), (0.41, 0.97), (0.26, 1), (0.1, 0.96), (0.01, 0.85))]]),
        ['6'] = (Width, [Six]),
        ['7'] = (Width, [[(0, 0), (0.6, 0), (0.22, 1)]]),
        ['8'] = (Width, [Ellipse(0.24, 0.24, 0.24), Ellipse(0.74, 0.29, 0.26)]),
        ['9'] = (Width, [[.. Six.Select(point => (Width - point.X, 1 - point.Y))]]),
        [','] = (0.12, [[(0.1, 0.97), (0.03, 1.14)]]),
        ['.'] = (0.06, [[(0.03, 0.98), (0.03, 1)]]),
        ['M'] = (0.8, [[(0, 1), (0, 0), (0.4, 0.6), (0.8, 0), (0.8, 1)]]),
    };

    /// <summary>The lines of a number, from a left upper corner on.</summary>
    public static IEnumerable<IReadOnlyList<(double X, double Y)>> LinesOf(string number, double left, double top, double height)
    {
        foreach (var digit in number)
        {
            var (width, lines) = Glyphs[digit];
            foreach (var line in lines)
                yield return [.. line.Select(point => (left + point.X * height, top + point.Y * height))];
            left += (width + Space) * height;
        }
    }

    /// <summary>A round line through points: a spline of Catmull and Rom.</summary>
    private static (double X, double Y)[] Curve(params (double X, double Y)[] points)
    {
        return [.. Enumerable.Range(0, (points.Length - 1) * CurveSteps + 1).Select(step => At(step / CurveSteps, (double)(step % CurveSteps) / CurveSteps))];

        (double X, double Y) At(int i, double t)
        {
            var (a, b, c, d) = (Point(i - 1), Point(i), Point(i + 1), Point(i + 2));
            return (Spline(a.X, b.X, c.X, d.X, t), Spline(a.Y, b.Y, c.Y, d.Y, t));
        }

        (double X, double Y) Point(int i) => points[Math.Clamp(i, 0, points.Length - 1)];
    }

    private static double Spline(double a, double b, double c, double d, double t) =>
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);

    private static (double X, double Y)[] Ellipse(double middle, double width, double height) =>
        [.. Enumerable.Range(0, ArcSteps + 1).Select(i => 2 * Math.PI * i / ArcSteps).Select(angle => (0.3 + width * Math.Sin(angle), middle - height * Math.Cos(angle)))];
}
