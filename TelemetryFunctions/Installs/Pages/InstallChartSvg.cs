using System.Globalization;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>Draws the chart as SVG, on the server, so that the page needs no script.</summary>
internal static class InstallChartSvg
{
    public static string Draw(InstallChart chart)
    {
        var most = Ceiling(chart.Bars.Max(bar => bar.Installs));
        var svg = ChartFrame.Begin($"Installs by {ChartSteps.NameOf(chart.Step)}");
        foreach (var line in most > 1 ? [0, most / 2, most] : new[] { 0, most })
            ChartFrame.Line(svg, (double)line / most, line.ToString("N0", CultureInfo.InvariantCulture));

        foreach (var (index, bar) in chart.Bars.Index())
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"{ChartFrame.Label(chart.Step, bar.Start)}: {bar.Installs:N0}{(bar.Ci > 0 ? $", {bar.Ci:N0} of them in CI" : "")}");
            svg.Append("<g>").Append(Rect("", bar.Installs));
            if (bar.Ci is { } ci and > 0)
                svg.Append(Rect(" class=\"ci\"", ci));
            svg.Append("<title>").Append(title).Append("</title></g>\n");

            string Rect(string attributes, long installs)
            {
                var (x, width) = ChartFrame.Bar(index, chart.Bars.Count);
                var height = ChartFrame.PlotHeight * (double)installs / most;
                return string.Create(CultureInfo.InvariantCulture, $"""<rect{attributes} x="{x:0.##}" y="{ChartFrame.Top + ChartFrame.PlotHeight - height:0.##}" width="{width:0.##}" height="{height:0.##}"/>""");
            }
        }

        return ChartFrame.End(svg, chart.Step, [.. chart.Bars.Select(bar => bar.Start)]);
    }

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
