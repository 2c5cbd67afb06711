using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>Draws a chart as SVG that stands by itself: title, days, values and names of series are in it, and no script.</summary>
internal static class ChartSvg
{
    public const string ContentType = "image/svg+xml";

    private const int Padding = 16;
    private const int TitleSize = 16;

    // Of lower ones the plot would have nothing left.
    private const int MinHeightOfSubtitle = 160;

    /// <param name="chart">What it is a chart of.</param>
    /// <param name="document">Its data.</param>
    /// <param name="options">How it is drawn.</param>
    /// <param name="style">The style sheet that comes with it; null where the page around it has that.</param>
    public static string Draw(ChartOfSeries chart, ChartDocument document, DrawingOptions options, string? style)
    {
        var words = ChartWords.Of(chart, document, options.Texts);
        using var svg = new SvgWriter();
        svg.Open(
            "svg", ("viewBox", $"0 0 {options.Width} {options.Height}"), ("width", options.Width), ("height", options.Height), ("role", "img"), ("aria-labelledby", "title about"));
        svg.AddText("title", words.Title, ("id", "title")).AddText("desc", words.Description, ("id", "about"));
        if (style is not null)
            svg.AddText("style", style);
        svg.Add("rect", ("class", "ground"), ("width", options.Width), ("height", options.Height));

        var width = options.Width - 2 * Padding;
        svg.AddText("text", SvgText.Fit(words.Title, width, TitleSize), ("class", "title"), ("x", Padding), ("y", 28));
        var isTall = options.Height >= MinHeightOfSubtitle;
        if (isTall)
            svg.AddText("text", SvgText.Fit(words.Subtitle, width, PlotArea.TextSize), ("class", "quiet"), ("x", Padding), ("y", 47));

        var area = new PlotArea(Padding, isTall ? 62 : 40, options.Width - Padding, options.Height - 12);
        if (!words.HasData)
            svg.AddText("text", words.Nothing, ("class", "quiet middle"), ("x", options.Width / 2.0), ("y", (area.Top + area.Bottom) / 2));
        else if (chart.Id.Metric.Shape == ChartShape.Bars)
            BarsSvg.Draw(svg, DrawnBars.Of(chart, document, area.Rows, options.Texts), area, options.Texts);
        else
            TrendSvg.Draw(svg, chart, document, area, options.Texts);
        return svg.Close().ToString();
    }
}

/// <summary>A rectangle to draw in.</summary>
internal sealed record PlotArea(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Pixels of the em of texts.</summary>
    public const int TextSize = 12;

    /// <summary>Pixels from one line of text to the next.</summary>
    public const int LineHeight = 15;

    public double Width => Math.Max(1, Right - Left);

    public double Height => Math.Max(1, Bottom - Top);

    /// <summary>Lines of text that have room.</summary>
    public int Rows => Math.Max(1, (int)(Height / LineHeight));
}
