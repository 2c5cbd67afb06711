using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Tests.Support;

/// <summary>The functions of the app, as their attributes declare them.</summary>
internal static class AppFunctions
{
    public static IReadOnlyList<(string Name, TriggerBindingAttribute Trigger)> All { get; } =
    [
        .. from type in typeof(TelemetryServices).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<TriggerBindingAttribute>()
           where trigger is not null
           select (function.Name, trigger),
    ];

    /// <summary>The functions whose answers are somebody's own.</summary>
    public static IReadOnlySet<string> NotForOtherSites { get; } = typeof(TelemetryServices).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(NotForOtherSitesAttribute)))
        .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name)
        .ToHashSet();

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(function => function.Name)];
}
