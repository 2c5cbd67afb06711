using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>A function as its attributes declare it.</summary>
/// <param name="Name">Unique in the app, whatever the case.</param>
/// <param name="Method">A public instance method.</param>
/// <param name="Trigger">The parameter that carries the trigger.</param>
internal sealed record HostedFunction(string Name, MethodInfo Method, ParameterInfo Trigger)
{
    /// <summary>The functions of these classes, sorted by name as the Functions host sorts them.</summary>
    /// <exception cref="HostAbortedException">A function is declared in a way this host can't run.</exception>
    public static IReadOnlyList<HostedFunction> FindAll(IEnumerable<Type> classes)
    {
        HostedFunction[] functions =
        [
            .. from type in classes
               from method in type.GetMethods(
                   BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static |
                   BindingFlags.DeclaredOnly)
               let attribute = method.GetCustomAttribute<FunctionAttribute>()
               where attribute is not null
               select Define(attribute.Name, method),
        ];
        Array.Sort(functions, (a, b) => StringComparer.OrdinalIgnoreCase.Compare(a.Name, b.Name));

        for (var i = 1; i < functions.Length; i++)
        {
            if (string.Equals(functions[i - 1].Name, functions[i].Name, StringComparison.OrdinalIgnoreCase))
                throw new HostAbortedException($"Two functions are named {functions[i].Name}; names must be unique.");
        }

        return functions;
    }

    /// <summary>An exception that names the function.</summary>
    public HostAbortedException Refuse(string reason, Exception? inner = null) => Refusal(Name, reason, inner);

    private static HostedFunction Define(string name, MethodInfo method)
    {
        if (!method.IsPublic || method.IsStatic || !method.DeclaringType!.IsVisible || method.DeclaringType.IsAbstract)
            throw Refusal(name, "it must be a public instance method of a public class");

        ParameterInfo[] triggers = [.. method.GetParameters().Where(IsTrigger)];
        return triggers.Length == 1
            ? new HostedFunction(name, method, triggers[0])
            : throw Refusal(name, "exactly one parameter must have a trigger attribute");
    }

    private static bool IsTrigger(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(HttpTriggerAttribute)) || parameter.IsDefined(typeof(TimerTriggerAttribute));

    private static HostAbortedException Refusal(string name, string reason, Exception? inner = null) =>
        new($"Can't host function {name}: {reason}.", inner);
}
