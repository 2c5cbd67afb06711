using Microsoft.Azure.Functions.Worker;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Functions;

/// <summary>Timer: summarizes whatever is due and not done.</summary>
public sealed class HourlySummary(ScheduledSummaries summaries)
{
    [Function(nameof(HourlySummary))]
    public Task RunAsync([TimerTrigger(Schedule.Hourly)] TimerInfo timer, CancellationToken cancellation) =>
        summaries.RunDueAsync(cancellation);
}
