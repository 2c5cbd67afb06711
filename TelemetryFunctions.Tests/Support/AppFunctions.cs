using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace TelemetryFunctions.Tests.Support;

/// <summary>The functions of the app, as their attributes declare them.</summary>
internal static class AppFunctions
{
    public static IReadOnlyList<string> Names { get; } =
    [
        .. from type in typeof(TelemetryServices).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           select function.Name,
    ];
}
