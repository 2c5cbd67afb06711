using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Hosting;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Route templates by the rules of the Functions host.</summary>
internal static class HttpRoute
{
    private static readonly string[] Reserved = ["admin", "runtime"];

    /// <summary>Types that route values bind to, each with the constraint that makes other values a 404.</summary>
    private static readonly Dictionary<Type, IRouteConstraint?> Constraints = new()
    {
        [typeof(string)] = null,
        [typeof(int)] = new IntRouteConstraint(),
        [typeof(long)] = new LongRouteConstraint(),
        [typeof(Guid)] = new GuidRouteConstraint(),
    };

    /// <exception cref="HostAbortedException">The template can't be used.</exception>
    public static RoutePattern Parse(HostedFunction function, string? route, string prefix)
    {
        var template = string.IsNullOrWhiteSpace(route) ? function.Name : route;
        if (template.StartsWith('/'))
            throw function.Refuse($"its route {template} starts with a slash; the root is {{root:maxlength(0)?}}");
        if (Reserved.Any(word => template.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
            throw function.Refuse($"its route {template} starts with a word that the Functions host keeps for itself");

        try
        {
            return RoutePatternFactory.Parse(
                prefix.Length == 0 ? template : $"{prefix}/{template}",
                defaults: null,
                parameterPolicies: ConstraintsOf(function));
        }
        catch (Exception error) when (error is RoutePatternException or InvalidOperationException or ArgumentException)
        {
            throw function.Refuse($"its route {template} is malformed ({error.Message.TrimEnd('.')})", error);
        }
    }

    public static bool CanBind(Type type) => Constraints.ContainsKey(Nullable.GetUnderlyingType(type) ?? type);

    private static RouteValueDictionary ConstraintsOf(HostedFunction function)
    {
        var constraints = new RouteValueDictionary();
        foreach (var parameter in function.Method.GetParameters())
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            if (Constraints.GetValueOrDefault(type) is { } constraint)
                constraints[parameter.Name!] = constraint;
        }

        return constraints;
    }
}
