using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Standalone.Hosting;

/// <summary>
/// Runs one timer function: once at start, then whenever its schedule says, one run at a time. Times that pass
/// during a run, or while the machine sleeps, become one late run.
/// </summary>
internal sealed partial class TimerLoop(
    TimerFunction function,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<TimerLoop> logger)
{
    // A delay counts elapsed time, not the clock: a clock that moves meanwhile is noticed at the end of a slice.
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            var last = DateTime.MinValue;
            var pastDue = true;
            while (true)
            {
                var begun = Now;
                var next = function.Schedule.GetNextOccurrence(begun);
                await InvokeAsync(last, begun, next, pastDue, stop);
                last = begun;
                pastDue = await WaitAsync(begun, next, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async Task InvokeAsync(
        DateTime last,
        DateTime begun,
        DateTime next,
        bool pastDue,
        CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var info = new TimerInfo
        {
            IsPastDue = pastDue,
            ScheduleStatus = new ScheduleStatus { Last = last, Next = next, LastUpdated = begun },
        };
        try
        {
            await function.InvokeAsync(services, info, stop);
        }
        catch (Exception error) when (!(error is OperationCanceledException && stop.IsCancellationRequested))
        {
            Log.TimerFailed(logger, error, function.Name);
        }
    }

    /// <summary>Waits until the clock shows the due time.</summary>
    /// <returns>True where the due time, or one after it, was missed.</returns>
    private async Task<bool> WaitAsync(DateTime seen, DateTime due, CancellationToken stop)
    {
        var now = Now;
        if (now >= due)
            return true;

        while (now < due)
        {
            // A clock that was far ahead and has been set right must not leave the timer waiting for years.
            if (now < seen - Slice)
                due = function.Schedule.GetNextOccurrence(now);
            seen = now;

            // Never less than the delay can tell from nothing, or the last millisecond would be a busy loop.
            var left = due - now;
            await Task.Delay(left > Slice ? Slice : left < Tick ? Tick : left, clock, stop);
            now = Now;
        }

        return now - due > Slice || function.Schedule.GetNextOccurrence(due) <= now;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Timer function {Function} failed")]
        public static partial void TimerFailed(ILogger logger, Exception error, string function);
    }
}
