using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Http;

/// <summary>Answers <c>GET /robots.txt</c> (RFC 9309).</summary>
internal static class CrawlerRules
{
    // Pages, and what they are made of. Data changes daily, and a query has no end.
    private const string Text = """
        User-agent: *
        Disallow: /charts
        Disallow: /export.zip
        Disallow: /health
        Disallow: /systems
        Disallow: /*?

        """;

    public static IResult Respond(HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=86400";
        return TypedResults.Text(Text, "text/plain; charset=utf-8");
    }
}
