using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TelemetryFunctions.Standalone.Relay.Desk;

/// <summary>
/// Says who may look at what leaves the house, and decide about it: who is on the machine itself, by the socket or by its loopback address. Everybody else in the house may send.
/// </summary>
internal static class DeskAccess
{
    /// <summary>What others are told.</summary>
    public const string NotHere = "This is a relay: it takes reports by POST. Its page, and its buttons, are for its own machine; from another one they are reached by a tunnel, such as ssh -L 7072:localhost:7072.";

    private static readonly string[] OfAProxy = ["X-Forwarded-For", "Forwarded", "Via"];

    /// <summary>True where a request comes from this machine.</summary>
    public static bool IsLocal(HttpRequest request)
    {
        var connection = request.HttpContext.Connection;

        // A proxy on this machine asks for others. By another name than one of this machine's a page of elsewhere would be asking, whose name was made to lead here.
        return !OfAProxy.Any(request.Headers.ContainsKey)
            && (connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
            && (request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out _));
    }

    /// <summary>True where a page of another site has a browser send the request.</summary>
    public static bool IsOfAnotherSite(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
            return site != "same-origin";

        // Browsers without that header say where a form comes from.
        return request.Headers.TryGetValue(HeaderNames.Origin, out var origin) && origin != $"{request.Scheme}://{request.Host}";
    }
}
