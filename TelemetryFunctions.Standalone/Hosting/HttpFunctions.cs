using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Routes requests to HTTP functions as the Functions host does.</summary>
internal static class HttpFunctions
{
    /// <param name="app">Where the functions are served.</param>
    /// <param name="functions">Sorted by name; the ones with other triggers are passed over.</param>
    /// <param name="routePrefix">Goes before every route; may be empty.</param>
    /// <param name="key">Opens functions of <see cref="AuthorizationLevel.Function"/>.</param>
    /// <exception cref="HostAbortedException">A function can't be served.</exception>
    public static void Map(
        IEndpointRouteBuilder app,
        IReadOnlyList<HostedFunction> functions,
        string routePrefix,
        FunctionKey key)
    {
        var endpoints = new List<Endpoint>();
        foreach (var function in functions)
        {
            if (function.Trigger.GetCustomAttribute<HttpTriggerAttribute>() is { } trigger)
                endpoints.Add(CreateEndpoint(app, function, trigger, routePrefix, key, order: endpoints.Count));
        }

        endpoints.Add(CreateFallback());
        app.DataSources.Add(new DefaultEndpointDataSource(endpoints));
    }

    private static Endpoint CreateEndpoint(
        IEndpointRouteBuilder app,
        HostedFunction function,
        HttpTriggerAttribute trigger,
        string routePrefix,
        FunctionKey key,
        int order)
    {
        var pattern = HttpRoute.Parse(function, trigger.Route, routePrefix);
        var invoke = HttpFunctionDelegate.Create(function, pattern, app.ServiceProvider);

        // The Functions host tries routes in the order of function names, not by how specific they are.
        var endpoint = new RouteEndpointBuilder(Guard(function, trigger.AuthLevel, key, invoke), pattern, order)
        {
            DisplayName = function.Name,
        };
        foreach (var attribute in function.Method.GetCustomAttributes())
            endpoint.Metadata.Add(attribute);
        if (trigger.Methods is { Length: > 0 } methods)
            endpoint.Metadata.Add(new HttpMethodMetadata(methods));
        return endpoint.Build();
    }

    private static RequestDelegate Guard(
        HostedFunction function,
        AuthorizationLevel level,
        FunctionKey key,
        RequestDelegate invoke) => level switch
        {
            AuthorizationLevel.Anonymous => invoke,
            AuthorizationLevel.Function => key.Guard(invoke),
            _ => throw function.Refuse($"authorization level {level} is not supported"),
        };

    // It matches every path and method, last of all. That also keeps ASP.NET from answering a known path with an
    // unlisted method by 405, which the Functions host doesn't do either.
    private static Endpoint CreateFallback() =>
        new RouteEndpointBuilder(AnswerUnknown, RoutePatternFactory.Parse("{*path}"), order: int.MaxValue)
        {
            DisplayName = "No function",
        }.Build();

    private static Task AnswerUnknown(HttpContext context)
    {
        // With its homepage turned off the Functions host answers the root with 204.
        context.Response.StatusCode =
            context.Request.Path == "/" ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
