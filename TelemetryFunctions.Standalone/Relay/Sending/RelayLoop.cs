using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Relay.Sending;

/// <summary>Runs by the schedule, sooner where somebody releases something, and again after a while where the service could not be reached.</summary>
internal sealed partial class RelayLoop(RelayRun run, RelaySwitch relaySwitch, RelayStatus status, TimeProvider clock, ILogger<RelayLoop> logger) : BackgroundService
{
    // A delay counts elapsed time, not the clock: a clock that moves meanwhile is noticed at the end of a slice.
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(1);

    // Twice as long after each failure, up to the next time of the schedule.
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private const int MostDoublings = 6;

    /// <summary>However long a service wants to be left alone, tomorrow is another day.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private int _failures;

    /// <summary>Runs soon, whatever the schedule says.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var memory = await relaySwitch.ReadAsync(stoppingToken);
        var schedule = new RelaySchedule(memory.OffsetSeconds);

        // What is due since the relay was stopped, or was released while it did not run, is made up for.
        status.Next = await run.HasReleasedAsync(stoppingToken) ? clock.GetUtcNow() : schedule.Next(memory.LastRun is { } last && last < clock.GetUtcNow() ? last : clock.GetUtcNow());
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(schedule, stoppingToken);
            await RunAsync(schedule, stoppingToken);
        }
    }

    private async Task WaitAsync(RelaySchedule schedule, CancellationToken cancellation)
    {
        for (var seen = clock.GetUtcNow(); ;)
        {
            var now = clock.GetUtcNow();

            // A clock that was far ahead and has been set right must not leave the relay waiting for years.
            if (now < seen - Slice)
                status.Next = schedule.Next(now);
            seen = now;
            if (now >= status.Next || await WakesAsync(status.Next - now is var left && left < Slice ? left : Slice, cancellation))
                return;
        }
    }

    /// <returns>True where somebody wakes it before the time is over.</returns>
    private async Task<bool> WakesAsync(TimeSpan time, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await _wake.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task RunAsync(RelaySchedule schedule, CancellationToken cancellation)
    {
        string? error;
        TimeSpan? wait = null;
        try
        {
            var result = await run.RunAsync(cancellation);
            (error, wait) = (result.Error, result.Wait);
        }
        catch (StoreUnavailableException e)
        {
            error = e.Message;
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            Log.Failed(logger, e);
            error = e.Message;
        }

        var now = clock.GetUtcNow();
        _failures = error is null ? 0 : _failures + 1;
        status.Next = wait is { } alone && alone > TimeSpan.Zero ? now + (alone < LongestWait ? alone : LongestWait)
            : error is not null && now + FirstRetry * (1 << Math.Min(_failures - 1, MostDoublings)) is var retry && retry < schedule.Next(now) ? retry
            : schedule.Next(now);
        status.Tell(now, error);
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "What is staged could not be sent; it is tried again")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
