using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>Runs the timer functions from when the host listens until it has drained.</summary>
internal sealed partial class TimerFunctions(IReadOnlyList<TimerLoop> loops, ILogger<TimerFunctions> logger)
    : IHostedLifecycleService, IDisposable
{
    // How long a run may take to end once its token is cancelled.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <exception cref="HostAbortedException">A function's schedule or parameters can't be used.</exception>
    public static void Add(IServiceCollection services, IReadOnlyList<HostedFunction> functions)
    {
        TimerFunction[] timers =
        [
            .. from function in functions
               let trigger = function.Trigger.GetCustomAttribute<TimerTriggerAttribute>()
               where trigger is not null
               select TimerFunction.Create(function, trigger.Schedule),
        ];
        services.AddSingleton<IHostedService>(provider => new TimerFunctions(
            [
                .. timers.Select(timer => new TimerLoop(
                    timer,
                    provider,
                    provider.GetService<TimeProvider>() ?? TimeProvider.System,
                    provider.GetRequiredService<ILogger<TimerLoop>>())),
            ],
            provider.GetRequiredService<ILogger<TimerFunctions>>()));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Only now is it sure that the host runs, its other services started and its address free.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(loops.Select(loop =>
            Task.Run(() => loop.RunAsync(_stop.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    // Services stop in the reverse order of their registration: the server, which drains, then this, then the app's.
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        try
        {
            // Not by the given token: a slow drain may have used it up.
            await _running.WaitAsync(StopTimeout, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Log.StillRunning(logger, StopTimeout.TotalSeconds);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A timer function did not end within {Seconds} s of being cancelled")]
        public static partial void StillRunning(ILogger logger, double seconds);
    }
}
