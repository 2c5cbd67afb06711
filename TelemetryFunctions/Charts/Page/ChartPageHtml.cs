using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// Answers <c>GET /</c>: the page without its data, the same for everyone, which the script then fills. It paints
/// before any data is there.
/// </summary>
public sealed class ChartPageHtml
{
    /// <summary>Nothing inline, nothing from elsewhere.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly byte[] _html;
    private readonly EntityTagHeaderValue _tag;

    public ChartPageHtml(WebAssets assets, PageOptions options)
    {
        _html = Encoding.UTF8.GetBytes(Render(assets, options));
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(_html).AsSpan(0, 12))}\"");
    }

    /// <summary>200 with the page, or 304 where the client has it.</summary>
    public IResult Respond(HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.CacheControl = "no-cache";
        return Results.Bytes(_html, "text/html; charset=utf-8", entityTag: _tag);
    }

    internal static string Render(WebAssets assets, PageOptions options)
    {
        var product = HtmlEncoder.Default.Encode(options.Product);
        var title = product.Length == 0 ? "Telemetry" : $"{product} telemetry";
        var name = product.Length == 0 ? "" : $" <span><bdi>{product}</bdi></span>";
        var icon = Path(assets, "icon.svg");
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="description" content="How many systems are active and what they run, counted each day.">
            <title>{title}</title>
            <link rel="icon" href="{icon}" type="image/svg+xml">
            <link rel="stylesheet" href="{Path(assets, "app.css")}">
            <script type="module" src="{Path(assets, "app.js")}"></script>
            </head>
            <body data-product="{product}">
            <a class="skip" href="#charts">Skip to the charts</a>
            <header class="wrap site">
            <img src="{icon}" alt="" width="28" height="28">
            <h1>Telemetry{name}</h1>
            </header>
            <div class="bar"></div>
            <main class="wrap" id="charts" aria-busy="true">
            <noscript><p class="notice">The charts need JavaScript. Their data is public: <a href="/charts">the list of charts</a> names each one.</p></noscript>
            </main>
            <footer class="wrap foot">Counts of the systems that reported on a day, in UTC. Single reports are never shown.</footer>
            </body>
            </html>

            """;
    }

    private static string Path(WebAssets assets, string logicalName) =>
        HtmlEncoder.Default.Encode(assets[logicalName].Path);
}
