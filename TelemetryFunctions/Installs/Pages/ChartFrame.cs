using System.Globalization;
using System.Text;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>What the charts have in common: their size, their lines and the days below, as SVG.</summary>
internal static class ChartFrame
{
    public const int Left = 60;
    public const int Top = 12;
    public const int PlotWidth = Width - Left - 8;
    public const int PlotHeight = Height - Top - Bottom;
    public const double BarShare = 0.8;

    private const int Width = 960;
    private const int Height = 260;
    private const int Bottom = 28;

    /// <summary>The start of a picture.</summary>
    public static StringBuilder Begin(string title) => new StringBuilder().Append(
        CultureInfo.InvariantCulture, $"""<svg class="bars" viewBox="0 0 {Width} {Height}" role="img" aria-label="{title}">""").Append('\n');

    /// <summary>A line across the picture, at a share of its height.</summary>
    public static void Line(StringBuilder svg, double share, string text)
    {
        var y = Top + PlotHeight * (1 - share);
        svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width}" y1="{y:0.#}" y2="{y:0.#}"/><text class="value" x="{Left - 8}" y="{y + 4:0.#}">{text}</text>""").Append('\n');
    }

    /// <summary>The left edge and the width of a bar.</summary>
    public static (double X, double Width) Bar(int index, int bars)
    {
        var step = (double)PlotWidth / bars;
        return (Left + (index + (1 - BarShare) / 2) * step, step * BarShare);
    }

    /// <summary>The first, the middle and the last day below, and the end of the picture.</summary>
    public static string End(StringBuilder svg, ChartStep chartStep, IReadOnlyList<DateOnly> starts)
    {
        var (last, step) = (starts.Count - 1, (double)PlotWidth / starts.Count);
        foreach (var index in new[] { 0, last / 2, last }.Distinct())
        {
            // The outer ones stay inside the picture.
            var (x, place) = last == 0 || (index > 0 && index < last)
                ? (Left + (index + 0.5) * step, "middle")
                : index == 0 ? (Left, "first") : (Left + PlotWidth, "last");
            svg.Append(CultureInfo.InvariantCulture, $"""<text class="{place}" x="{x:0.##}" y="{Height - 8}">{Label(chartStep, starts[index])}</text>""").Append('\n');
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>What a bar is called.</summary>
    public static string Label(ChartStep step, DateOnly start) =>
        start.ToString(step == ChartStep.Month ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
