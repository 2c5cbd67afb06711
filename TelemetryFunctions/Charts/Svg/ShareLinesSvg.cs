using System.Globalization;
using System.Text;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>Draws shares, from nothing to all, as lines over days that are counted from the first. What is not known is a gap.</summary>
internal static class ShareLinesSvg
{
    /// <summary>Pixels that suit a wide screen.</summary>
    public const int Wide = 800;

    /// <summary>Pixels that suit a phone.</summary>
    public const int Narrow = 340;

    private const int Height = 320;
    private const int AxisHeight = 40;
    private const int AxisWidth = 54;
    private const int Margin = 10;
    private const int KeyWidth = 14;
    private const double ShareOfNames = 0.25;
    private const double DotRadius = 3;

    /// <param name="about">What it shows, for who does not see it.</param>
    /// <param name="axis">What the days are, as text.</param>
    /// <param name="lines">The lines, at most <see cref="ChartStyle.Colors"/>.</param>
    /// <param name="ticks">The days that are named.</param>
    /// <param name="width">Pixels; the drawing has a class by them.</param>
    public static string Draw(string about, string axis, IReadOnlyList<ShareLine> lines, IEnumerable<(int Day, string Text)> ticks, int width)
    {
        var names = Math.Min(width * ShareOfNames, lines.Max(line => SvgText.Width(line.Name, PlotArea.TextSize)));
        var plot = new PlotArea(AxisWidth, Margin, width - names - KeyWidth - 2 * Margin, Height - AxisHeight);
        var last = Math.Max(1, lines.Max(line => line.Shares.Count) - 1);
        using var svg = new SvgWriter();
        svg.Open("svg", ("viewBox", $"0 0 {width} {Height}"), ("role", "img"), ("aria-label", about), ("class", width == Narrow ? "drawing narrow" : "drawing wide"));
        for (var percent = 0; percent <= 100; percent += 25)
        {
            svg.Add("line", ("class", "grid"), ("x1", plot.Left), ("x2", plot.Right), ("y1", Y(percent / 100.0)), ("y2", Y(percent / 100.0)));
            svg.AddText("text", $"{percent} %", ("class", "quiet end"), ("x", plot.Left - Margin), ("y", Y(percent / 100.0) + 4));
        }

        foreach (var (day, text) in ticks)
            svg.AddText("text", text, ("class", "quiet middle"), ("x", X(day)), ("y", plot.Bottom + 16));
        svg.AddText("text", axis, ("class", "quiet end"), ("x", plot.Right), ("y", plot.Bottom + 34));

        // The first on top of the others, and its name on top of theirs.
        foreach (var (i, line) in lines.Index().Reverse())
        {
            var style = ChartStyle.ClassOf(i);
            svg.Open("path", ("class", $"line {style}"), ("d", Path(line.Shares))).AddText("title", line.Name).Close();
            foreach (var day in Alone(line.Shares).Append(line.Shares.Index().Last(day => day.Item is not null).Index))
                svg.Add("circle", ("class", style), ("cx", X(day)), ("cy", Y(line.Shares[day]!.Value)), ("r", DotRadius));

            var (x, y) = (plot.Right + Margin, plot.Top + 4 + i * PlotArea.LineHeight);
            svg.Add("line", ("class", $"line {style}"), ("x1", x), ("x2", x + KeyWidth - 4), ("y1", y), ("y2", y));
            svg.AddText("text", SvgText.Fit(line.Name, names, PlotArea.TextSize), ("x", x + KeyWidth), ("y", y + 4));
        }

        return svg.Close().ToString();

        double X(int day) => plot.Left + plot.Width * day / last;
        double Y(double share) => plot.Bottom - plot.Height * share;

        string Path(IReadOnlyList<double?> shares)
        {
            var path = new StringBuilder();
            foreach (var (day, share) in shares.Index().Where(day => day.Item is not null))
            {
                var command = day > 0 && shares[day - 1] is not null ? 'L' : 'M';
                path.Append(CultureInfo.InvariantCulture, $"{command}{X(day):0.#} {Y(share!.Value):0.#}");
            }

            return path.ToString();
        }
    }

    /// <summary>Days between two gaps, of which a line shows nothing.</summary>
    private static IEnumerable<int> Alone(IReadOnlyList<double?> shares) => Enumerable.Range(0, shares.Count).Where(day =>
        shares[day] is not null && (day == 0 || shares[day - 1] is null) && (day == shares.Count - 1 || shares[day + 1] is null));
}

/// <summary>A line of shares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shares">From 0 to 1, one a day, at least one of them known.</param>
internal sealed record ShareLine(string Name, IReadOnlyList<double?> Shares);
