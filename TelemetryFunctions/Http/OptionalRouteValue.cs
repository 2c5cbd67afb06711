using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Http;

/// <summary>Reads what a route may leave out.</summary>
public static class OptionalRouteValue
{
    /// <summary>
    /// A value of the route, or null. A parameter of the function is no place for it: where the route has no value, the Functions
    /// host takes one from the query or from the members of a JSON body.
    /// </summary>
    public static string? FindRouteValue(this HttpRequest request, string name) => request.RouteValues[name] as string;
}
