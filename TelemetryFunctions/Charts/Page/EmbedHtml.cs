using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Svg;

namespace TelemetryFunctions.Charts.Page;

/// <summary>A page that is one drawing and fills its frame. It needs no script, and leads to the site.</summary>
internal static class EmbedHtml
{
    private const string Style =
        "html,body,main,a{display:block;height:100%;margin:0}svg{display:block;width:100%;height:100%}" +
        "h1{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}";

    /// <summary>The policy of the page, but for frames: nothing but its own style sheets.</summary>
    public static string Policy(ChartTheme theme) => ChartStyle.Policy(ChartStyle.Of(theme), Style);

    /// <param name="chart">What it is a chart of.</param>
    /// <param name="document">Its data.</param>
    /// <param name="options">How it is drawn.</param>
    /// <param name="toSite">The way from the page to the address of the site.</param>
    public static string Render(ChartOfSeries chart, ChartDocument document, DrawingOptions options, string toSite)
    {
        var title = PageHead.Text(ChartWords.Of(chart, document, options.Texts).Title);
        var scheme = options.Theme switch { ChartTheme.Light => "light", ChartTheme.Dark => "dark", _ => "light dark" };
        return $"""
            <!doctype html>
            <html lang="{options.Texts.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="{scheme}">
            <meta name="robots" content="noindex">
            <title>{title}</title>
            <style>{ChartStyle.Of(options.Theme)}</style>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{title}</h1>
            <a href="{toSite}" target="_blank" rel="noopener">{ChartSvg.Draw(chart, document, options, style: null)}</a>
            </main>
            </body>
            </html>

            """;
    }
}
