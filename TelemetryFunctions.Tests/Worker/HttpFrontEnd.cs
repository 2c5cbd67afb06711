using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace TelemetryFunctions.Tests.Worker;

/// <summary>
/// The host's public side. It uses the host's own routing, which tries the functions in the order of their names and
/// takes the first that fits.
/// </summary>
internal sealed class HttpFrontEnd : IAsyncDisposable
{
    private static readonly string[] Reserved = ["admin", "runtime"];

    private readonly HostJson _hostJson;
    private readonly HttpFunctionInvoker _invoker;
    private readonly WebApplication _server;

    private HttpFrontEnd(HostJson hostJson, WorkerChannel channel, Uri workerAddress, string? functionKey)
    {
        _hostJson = hostJson;
        _server = LoopbackServer.Build(HttpProtocols.Http1, services => services.AddHttpForwarder());
        _invoker = new(channel, _server.Services.GetRequiredService<IHttpForwarder>(), workerAddress, functionKey);
    }

    public Uri Address => _server.Address();

    public static async Task<HttpFrontEnd> StartAsync(
        HostJson hostJson,
        WorkerChannel channel,
        Uri workerAddress,
        string? functionKey,
        IEnumerable<HostedFunction> functions)
    {
        var frontEnd = new HttpFrontEnd(hostJson, channel, workerAddress, functionKey);
        frontEnd._server.Use(frontEnd.AddCustomHeaders);
        frontEnd._server.Use(AnswerFailure);
        frontEnd._server.UseRouter(frontEnd.Routes(functions));
        frontEnd._server.Run(AnswerUnrouted);
        await frontEnd._server.StartAsync();
        return frontEnd;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _invoker.Dispose();
    }

    private RouteCollection Routes(IEnumerable<HostedFunction> functions)
    {
        var constraints = _server.Services.GetRequiredService<IInlineConstraintResolver>();
        var routes = new RouteCollection();
        foreach (var function in functions
            .Where(function => function.Trigger.IsHttp)
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase))
        {
            routes.Add(Route(function, constraints));
        }

        return routes;
    }

    private Route Route(HostedFunction function, IInlineConstraintResolver constraints)
    {
        var route = string.IsNullOrEmpty(function.Trigger.Route) ? function.Name : function.Trigger.Route;
        if (Reserved.Any(word => route.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
        {
            throw new WorkerFailedException($"The host refuses the route '{route}' of {function.Name}.");
        }

        return new(
            new RouteHandler(context => _invoker.InvokeAsync(function, context)),
            function.Name,
            $"{_hostJson.RoutePrefix}/{route}".TrimStart('/'),
            defaults: null,
            function.Trigger.Methods is { } methods
                ? new Dictionary<string, object> { ["httpMethod"] = new HttpMethodRouteConstraint([.. methods]) }
                : null,
            dataTokens: null,
            constraints);
    }

    private Task AddCustomHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            foreach ((string name, string value) in _hostJson.CustomHeaders)
                context.Response.Headers.TryAdd(name, value);

            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>Whatever goes wrong between the client and the function is an empty 500, also a body that is too long.</summary>
    private static async Task AnswerFailure(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is WorkerFailedException or BadHttpRequestException && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    /// <summary>The root is special: it has the host's own page, which is an empty one where the app turns it off.</summary>
    private static Task AnswerUnrouted(HttpContext context)
    {
        context.Response.StatusCode = context.Request.Path == "/" ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
