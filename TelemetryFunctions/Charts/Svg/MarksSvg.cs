using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>
/// Draws the marks of a trend: a shade where the service was away, and else a flag above the plot with a line down from it. Flags that would
/// touch are one, and a text is cut where the next flag stands, so that however many there are can be read or are at least not in the way.
/// </summary>
/// <param name="marks">The marks, oldest first.</param>
/// <param name="x">Where a time, in epoch ms, is.</param>
/// <param name="plot">The plot that they are of.</param>
/// <param name="texts">The language.</param>
internal sealed class MarksSvg(IReadOnlyList<ChartMark> marks, Func<long, double> x, PlotArea plot, Texts texts)
{
    /// <summary>Pixels above the plot that flags take.</summary>
    public const int StripHeight = 18;

    private const double FlagWidth = 7;
    private const double Apart = 24;
    private const double LeastText = 72;

    // So wide is a shade at least: of ten years a day is less than a pixel.
    private const double Visible = 3;

    /// <summary>True where something stands above the plot.</summary>
    public static bool HasFlags(IReadOnlyList<ChartMark>? marks) => marks?.Any(mark => mark.Kind != ChartMark.Hole) is true;

    /// <summary>The days on which the service was away, behind all else.</summary>
    public void DrawShades(SvgWriter svg)
    {
        foreach (var run in Runs(marks.Where(mark => mark.Kind == ChartMark.Hole)))
        {
            var (from, to) = (X(ChartQuery.Ms(run[0].Day) - ChartData.DayMs / 2), X(ChartQuery.Ms(run[^1].Day) + ChartData.DayMs / 2));
            var width = Math.Max(Visible, to - from);
            svg.Open("rect", ("class", "hole"), ("x", (from + to - width) / 2), ("y", plot.Top), ("width", width), ("height", plot.Height))
                .AddText("title", string.Join("\n", run.Select(Say)))
                .Close();
        }
    }

    /// <summary>The flags, and their lines before all else.</summary>
    public void DrawFlags(SvgWriter svg)
    {
        var groups = Groups().ToList();
        foreach (var (i, (at, group)) in groups.Index())
        {
            var top = plot.Top - StripHeight + 4;
            svg.Open("g").AddText("title", string.Join("\n", group.Select(Say)));
            svg.Add("line", ("class", "mark"), ("x1", at), ("x2", at), ("y1", top), ("y2", plot.Bottom));
            svg.Add("path", ("class", "flag"), ("d", FormattableString.Invariant($"M{at:0.#} {top}l{FlagWidth} 4l-{FlagWidth} 4Z")));
            var room = (i + 1 < groups.Count ? groups[i + 1].At : plot.Right) - at - FlagWidth - 8;
            if (room >= LeastText)
                svg.AddText("text", SvgText.Fit(Label(group), room, PlotArea.TextSize), ("class", "quiet"), ("x", at + FlagWidth + 4), ("y", top + 9));
            svg.Close();
        }
    }

    /// <summary>Days that follow one another.</summary>
    private static IEnumerable<List<ChartMark>> Runs(IEnumerable<ChartMark> marks)
    {
        List<ChartMark> run = [];
        foreach (var mark in marks)
        {
            if (run.Count > 0 && mark.Day > run[^1].Day.AddDays(1))
            {
                yield return run;
                run = [];
            }

            run.Add(mark);
        }

        if (run.Count > 0)
            yield return run;
    }

    private IEnumerable<(double At, List<ChartMark> Marks)> Groups()
    {
        (double At, List<ChartMark> Marks)? group = null;
        foreach (var mark in marks.Where(mark => mark.Kind != ChartMark.Hole))
        {
            var at = X(ChartQuery.Ms(mark.Day));
            if (group is { } open && at - open.At < Apart)
            {
                open.Marks.Add(mark);
                continue;
            }

            if (group is { } whole)
                yield return whole;
            group = (at, [mark]);
        }

        if (group is { } last)
            yield return last;
    }

    /// <summary>What the maintainers say comes first.</summary>
    private string Label(List<ChartMark> group)
    {
        var text = (group.Find(mark => mark.Kind == ChartMark.Note) ?? group[0]).Text(texts);
        return group.Count == 1 ? text : texts.Say("charts.markMore", ("text", text), ("count", group.Count - 1));
    }

    private string Say(ChartMark mark) => texts.Say("drawing.markOn", ("day", TimeAxis.Text(mark.Day, texts)), ("text", mark.Text(texts)));

    private double X(long ms) => Math.Clamp(x(ms), plot.Left, plot.Right);
}
