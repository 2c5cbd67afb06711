using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;

namespace TelemetryFunctions.Http;

/// <summary>Which methods a path has, as the functions of this app declare them.</summary>
public sealed class RouteTable(IConfiguration configuration)
{
    /// <summary>The template of the function that takes what no other does.</summary>
    public const string Rest = "{*path}";

    /// <summary>
    /// The root path. The isolated worker can't map an empty template or <c>/</c>, and this one matches nothing but the root.
    /// </summary>
    public const string Root = "{root:maxlength(0)?}";

    private static readonly IReadOnlyList<Declared> All = Read(typeof(RouteTable).Assembly);

    // Summarizing at once is for development.
    private readonly bool _hasPut = configuration.IsDevelopment();

    /// <summary>The methods of the root.</summary>
    public RouteMethods OfRoot => Find("");

    /// <summary>The methods of a path without the slash at its beginning.</summary>
    public RouteMethods Find(string path)
    {
        var declared = All.Where(route => route.Matches(path) && (_hasPut || !HttpMethods.IsPut(route.Method))).ToList();
        var methods = declared.Select(route => route.Method).Append(HttpMethods.Options).Distinct().Order(StringComparer.Ordinal);
        return declared.Count == 0
            ? new RouteMethods([], [])
            : new RouteMethods([.. methods], [.. declared.Where(route => route.IsPublic).Select(route => route.Method).Distinct()]);
    }

    private static List<Declared> Read(Assembly assembly) =>
    [
        .. from type in assembly.GetTypes()
           from method in type.GetMethods()
           where method.IsDefined(typeof(FunctionAttribute))
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is { Route: not (null or Rest), Methods: not null }
           from verb in trigger.Methods!
           let isForAll = trigger.AuthLevel == AuthorizationLevel.Anonymous && !method.IsDefined(typeof(NotForOtherSitesAttribute))
           select new Declared(trigger.Route!, verb.ToUpperInvariant(), isForAll),
    ];

    private sealed class Declared(string route, string method, bool isForAll)
    {
        private readonly TemplateMatcher _matcher = new(TemplateParser.Parse(route), []);

        public string Method => method;

        /// <summary>Pages of other sites may read what everybody may read.</summary>
        public bool IsPublic => isForAll && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method));

        // A matcher knows no constraints.
        public bool Matches(string path) =>
            route == Root ? path.Length == 0 : path.Length > 0 && _matcher.TryMatch(new PathString("/" + path), []);
    }
}

/// <summary>The methods of a path; none where there is nothing.</summary>
/// <param name="All">Every method.</param>
/// <param name="Public">Those that pages of other sites may use.</param>
public sealed record RouteMethods(IReadOnlyList<string> All, IReadOnlyList<string> Public)
{
    /// <summary>The value of Allow.</summary>
    public string Allow => string.Join(", ", All);
}
