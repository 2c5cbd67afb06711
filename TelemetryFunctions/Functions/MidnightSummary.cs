using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Functions;

/// <summary>Timer: summarizes the day that has just ended.</summary>
public sealed class MidnightSummary(ScheduledSummaries summaries)
{
    [Function(nameof(MidnightSummary))]
    public Task RunAsync([TimerTrigger(Schedule.Midnight)] TimerInfo timer, CancellationToken cancellation) =>
        summaries.RunDueAsync(cancellation);
}
