using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Http;

/// <summary>What pages of other sites may do: read what is public, and nothing else.</summary>
public static class CrossOrigin
{
    /// <summary>Lets pages of any site read the answer.</summary>
    public static void AllowReading(this HttpRequest request) =>
        request.HttpContext.Response.Headers.AccessControlAllowOrigin = "*";

    /// <summary>Tells a browser that asks before it reads (a preflight) which methods a page of any site may use.</summary>
    public static void AllowReading(this HttpRequest request, RouteMethods methods)
    {
        if (methods.Public.Count == 0)
            return;

        request.AllowReading();
        request.HttpContext.Response.Headers.AccessControlAllowMethods = string.Join(", ", methods.Public);
    }
}
