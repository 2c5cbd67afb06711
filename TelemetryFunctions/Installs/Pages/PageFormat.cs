using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;

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
    public static PageFormat Choose(HttpRequest request) => request.Query["format"].ToString() switch
    {
        "json" => PageFormat.Json,
        "csv" => PageFormat.Csv,
        "html" => PageFormat.Html,
        "badge" => PageFormat.Badge,
        "shields" => PageFormat.Shields,
        _ => request.PrefersJson() ? PageFormat.Json : PageFormat.Html,
    };
}
