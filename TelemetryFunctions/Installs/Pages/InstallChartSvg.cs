using System.Globalization;
using System.Text;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>Draws the chart as SVG, on the server, so that the page needs no script.</summary>
internal static class InstallChartSvg
{
    private const int Width = 960;
    private const int Height = 260;
    private const int Left = 60;
    private const int Top = 12;
    private const int Bottom = 28;
    private const int PlotWidth = Width - Left - 8;
    private const int PlotHeight = Height - Top - Bottom;
    private const double BarShare = 0.8;

    public static string Draw(InstallChart chart)
    {
        var most = Ceiling(chart.Bars.Max(bar => bar.Installs));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="bars" viewBox="0 0 {Width} {Height}" role="img" aria-label="Installs by {InstallChart.NameOf(chart.Step)}">""").Append('\n');
        foreach (var line in most > 1 ? [0, most / 2, most] : new[] { 0, most })
        {
            var y = Top + PlotHeight * (1 - (double)line / most);
            svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width}" y1="{y:0.#}" y2="{y:0.#}"/><text class="value" x="{Left - 8}" y="{y + 4:0.#}">{line:N0}</text>""").Append('\n');
        }

        var step = (double)PlotWidth / chart.Bars.Count;
        foreach (var (index, bar) in chart.Bars.Index())
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"{Label(chart.Step, bar.Start)}: {bar.Installs:N0}{(bar.Ci > 0 ? $", {bar.Ci:N0} of them in CI" : "")}");
            svg.Append("<g>").Append(Rect("", bar.Installs));
            if (bar.Ci is { } ci and > 0)
                svg.Append(Rect(" class=\"ci\"", ci));
            svg.Append("<title>").Append(title).Append("</title></g>\n");

            string Rect(string attributes, long installs)
            {
                var height = PlotHeight * (double)installs / most;
                return string.Create(CultureInfo.InvariantCulture, $"""<rect{attributes} x="{Left + (index + (1 - BarShare) / 2) * step:0.##}" y="{Top + PlotHeight - height:0.##}" width="{step * BarShare:0.##}" height="{height:0.##}"/>""");
            }
        }

        var last = chart.Bars.Count - 1;
        foreach (var index in new[] { 0, last / 2, last }.Distinct())
        {
            // The outer ones stay inside the picture.
            var (x, place) = last == 0 || (index > 0 && index < last)
                ? (Left + (index + 0.5) * step, "middle")
                : index == 0 ? (Left, "first") : (Left + PlotWidth, "last");
            svg.Append(CultureInfo.InvariantCulture, $"""<text class="{place}" x="{x:0.##}" y="{Height - 8}">{Label(chart.Step, chart.Bars[index].Start)}</text>""").Append('\n');
        }

        return svg.Append("</svg>").ToString();
    }

    public static string Label(ChartStep step, DateOnly start) =>
        start.ToString(step == ChartStep.Month ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The next 1, 2, 4 or 10 times a power of ten, so that its half is a round number too.</summary>
    private static long Ceiling(long most)
    {
        for (long power = 1; ; power *= 10)
        {
            foreach (var factor in new[] { 1, 2, 4 })
            {
                if (factor * power >= most)
                    return factor * power;
            }
        }
    }
}
