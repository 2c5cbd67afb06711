using TelemetryFunctions.Languages;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>Draws bars that lie, each with its name before it and its value behind it.</summary>
internal static class BarsSvg
{
    private const int Gap = 8;
    private const double MaxThickness = 28;
    private const double ShareOfNames = 0.35;

    public static void Draw(SvgWriter svg, DrawnBars chart, PlotArea area, Texts texts)
    {
        var bars = chart.Bars;
        var most = Math.Max(1e-9, bars.Max(bar => bar.Value));
        var names = Math.Min(area.Width * ShareOfNames, bars.Max(bar => SvgText.Width(texts.Label(bar.Label), PlotArea.TextSize)));
        var values = bars.Max(bar => SvgText.Width(ValueAxis.Text(bar.Value, texts), PlotArea.TextSize));
        var left = area.Left + names + Gap;
        var length = Math.Max(1, area.Right - left - values - Gap);
        var step = Math.Min(area.Height / (bars.Count + (chart.LeftOut > 0 ? 1 : 0)), MaxThickness * 1.25);
        foreach (var (i, (label, value)) in bars.Index())
        {
            var (y, width) = (area.Top + i * step, length * value / most);
            var baseline = y + step / 2 + 4;
            svg.AddText("text", SvgText.Fit(texts.Label(label), names, PlotArea.TextSize), ("class", "end"), ("x", left - Gap), ("y", baseline));
            svg.Add("rect", ("class", ChartStyle.ClassOf(label == LabelBounds.Other ? null : 1)), ("x", left), ("y", y + step * 0.1), ("width", width), ("height", step * 0.8), ("rx", 2));
            svg.AddText("text", ValueAxis.Text(value, texts), ("x", left + width + Gap), ("y", baseline));
        }

        if (chart.LeftOut > 0)
            svg.AddText("text", texts.Say("drawing.more", ("count", chart.LeftOut)), ("class", "quiet"), ("x", left), ("y", area.Top + (bars.Count + 0.5) * step + 4));
    }
}
