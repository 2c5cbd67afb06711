using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Binds a request to a function's parameters and its result to the response.</summary>
internal static class HttpFunctionDelegate
{
    /// <exception cref="HostAbortedException">A parameter or the result can't be bound.</exception>
    public static RequestDelegate Create(HostedFunction function, RoutePattern pattern, IServiceProvider services)
    {
        string[] routeNames = [.. pattern.Parameters.Select(parameter => parameter.Name)];
        foreach (var parameter in function.Method.GetParameters())
            Check(function, parameter, routeNames);
        if (!CanReturn(function.Method.ReturnType))
            throw function.Refuse("it must return IResult, Task<IResult>, Task or nothing");

        // At the first request: to compile all of them is a large part of a start.
        var bound = new Lazy<RequestDelegate>(() => Bind(function, routeNames, services));
        return context => bound.Value(context);
    }

    private static RequestDelegate Bind(HostedFunction function, string[] routeNames, IServiceProvider services)
    {
        // The class is made anew for each request, in the request's own scope.
        var factory = ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        return RequestDelegateFactory.Create(
            function.Method,
            context => factory(context.RequestServices, null),
            new RequestDelegateFactoryOptions { ServiceProvider = services, RouteParameterNames = routeNames })
            .RequestDelegate;
    }

    // Checked here, because ASP.NET would go on to look in the query, the body and the services, which the
    // Functions worker doesn't do.
    private static void Check(HostedFunction function, ParameterInfo parameter, string[] routeNames)
    {
        var type = parameter.ParameterType;
        if (type == typeof(HttpRequest) || type == typeof(CancellationToken))
            return;
        if (parameter == function.Trigger)
            throw function.Refuse("its HTTP trigger must be on a parameter of type HttpRequest");
        if (!routeNames.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase))
            throw function.Refuse($"its route has no value for parameter {parameter.Name}");
        if (!HttpRoute.CanBind(type))
            throw function.Refuse($"a route value can't be bound to {type.Name} {parameter.Name}");
    }

    private static bool CanReturn(Type type) =>
        type == typeof(void)
        || type == typeof(Task)
        || type.IsAssignableTo(typeof(IResult))
        || (type.IsGenericType
            && type.GetGenericTypeDefinition() == typeof(Task<>)
            && type.GenericTypeArguments[0].IsAssignableTo(typeof(IResult)));
}
