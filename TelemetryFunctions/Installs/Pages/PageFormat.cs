using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>How a page is asked for.</summary>
public enum PageFormat
{
    Html,
    Json,
    Csv,

    /// <summary>A badge as a picture, see <see cref="Charts.Badges.BadgeSvg"/>.</summary>
    Badge,

    /// <summary>The JSON of a badge, see <see cref="Charts.Badges.Badge"/>.</summary>
    Shields,
}

/// <summary>Chooses a format: by <c>format</c>, else by <c>Accept</c>, else HTML.</summary>
public static class PageFormats
{
    private const string Json = "application/json";
    private const string Html = "text/html";

    public static PageFormat Choose(HttpRequest request) => request.Query["format"].ToString() switch
    {
        "json" => PageFormat.Json,
        "csv" => PageFormat.Csv,
        "html" => PageFormat.Html,
        "badge" => PageFormat.Badge,
        "shields" => PageFormat.Shields,
        _ => Quality(request, Json) > Quality(request, Html) ? PageFormat.Json : PageFormat.Html,
    };

    /// <summary>How much a client wants a type, by the most specific range that covers it.</summary>
    private static double Quality(HttpRequest request, string type)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges))
            return 0;

        var wanted = new MediaTypeHeaderValue(type);
        return ranges
            .Where(wanted.IsSubsetOf)
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}
