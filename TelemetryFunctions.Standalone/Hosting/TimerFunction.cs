using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NCrontab;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>A function that a schedule calls.</summary>
internal sealed record TimerFunction(string Name, MethodInfo Method, CrontabSchedule Schedule)
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    /// <exception cref="HostAbortedException">Its schedule or its parameters can't be used.</exception>
    public static TimerFunction Create(HostedFunction function, string schedule)
    {
        foreach (var parameter in function.Method.GetParameters())
        {
            if (parameter.ParameterType != typeof(TimerInfo) && parameter.ParameterType != typeof(CancellationToken))
                throw function.Refuse($"a timer gives nothing to parameter {parameter.Name}");
        }

        if (function.Method.ReturnType != typeof(Task) && function.Method.ReturnType != typeof(void))
            throw function.Refuse("a timer function must return Task or nothing");

        var parsed = CrontabSchedule.TryParse(schedule, WithSeconds)
            ?? throw function.Refuse($"its schedule \"{schedule}\" must have six fields, like 0 0 * * * *");
        return new TimerFunction(function.Name, function.Method, parsed);
    }

    public async Task InvokeAsync(IServiceProvider services, TimerInfo info, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var target = ActivatorUtilities.CreateInstance(scope.ServiceProvider, Method.DeclaringType!);
        object?[] arguments =
        [
            .. Method.GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(TimerInfo) ? (object)info : cancellation),
        ];
        if (Method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null) is Task running)
            await running;
    }
}
