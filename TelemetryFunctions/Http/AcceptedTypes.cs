using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TelemetryFunctions.Http;

/// <summary>Which kind of answer a client would rather have.</summary>
public static class AcceptedTypes
{
    private const string Json = "application/json";
    private const string Html = "text/html";

    public static bool PrefersJson(this HttpRequest request) => Quality(request, Json) > Quality(request, Html);

    public static bool PrefersHtml(this HttpRequest request) => Quality(request, Html) > Quality(request, Json);

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
