using Microsoft.Extensions.Logging;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>What the timers run: every source, so that one that fails does not hold up another.</summary>
public sealed partial class ScheduledSummaries(
    SummaryRunner runner, StoreCheck storeCheck, ClockWatch clockWatch, OutageStore outages, IEnumerable<ISummarySource> sources, ILogger<ScheduledSummaries> logger)
{
    /// <exception cref="AggregateException">At least one source failed; the others were run. The next timer tries again.</exception>
    public async Task RunDueAsync(CancellationToken cancellation)
    {
        if (!clockWatch.IsSet)
        {
            Log.ClockNotSet(logger, ClockWatch.Earliest);
            return;
        }

        var errors = new List<Exception>();
        foreach (var source in sources)
        {
            try
            {
                await runner.RunDueAsync(source, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                Log.Failed(logger, e, source.Name);
                errors.Add(e);
            }
        }

        try
        {
            // Behind the sources, which ask whether the service was up before this hour.
            await outages.WatchAsync(cancellation);
        }
        catch (StoreUnavailableException e)
        {
            errors.Add(e);
        }

        await storeCheck.RunIfDueAsync(cancellation);
        if (errors.Count > 0)
            throw new AggregateException(errors);
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "This machine's clock says that it is before {Earliest:yyyy-MM-dd}: nothing is taken in or summarized until it is set")]
        public static partial void ClockNotSet(ILogger logger, DateTimeOffset earliest);

        [LoggerMessage(1, LogLevel.Error, "{Source} could not be summarized; the next hourly run tries again")]
        public static partial void Failed(ILogger logger, Exception error, string source);
    }
}
