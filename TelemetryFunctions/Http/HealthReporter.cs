using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Http;

/// <summary>Tells monitors, and the page, how the service is.</summary>
public sealed class HealthReporter(SummaryProgressStore progressStore, IEnumerable<ISummarySource> sources, ReportSource reports, ReportMeter meter, ClockWatch clockWatch, TimeProvider clock)
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromHours(1);

    // Monitors seldom wait longer, and what they would then see is no answer at all.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="nextRun">Tells the time of the next run after a moment.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>200, or 503 where the store can't be reached.</returns>
    public async Task<IResult> ReportAsync(Func<DateTimeOffset, DateTimeOffset> nextRun, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var (progress, _) = await progressStore.ReadAsync(ReportSource.SourceName, both.Token);
            var next = progress.Through ?? await reports.FindOldestAsync(both.Token);
            if (!clockWatch.IsSet)
                return Answer("clock", progress.Through, "reachable", StatusCodes.Status503ServiceUnavailable);

            var status = await IsAheadAsync(now, both.Token) ? "ahead" : next is { } day && Window.Day(day).ClosesAt + LateAfter < now ? "late" : "ok";
            return Answer(status, progress.Through, "reachable", StatusCodes.Status200OK);
        }
        catch (Exception e) when (e is StoreUnavailableException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Answer("unavailable", null, "unreachable", StatusCodes.Status503ServiceUnavailable);
        }

        async Task<bool> IsAheadAsync(DateTimeOffset now, CancellationToken cancellation)
        {
            foreach (var source in sources)
            {
                if ((await progressStore.ReadAsync(source.Name, cancellation)).Progress.IsAheadOf(now))
                    return true;
            }

            return false;
        }

        IResult Answer(string status, DateTimeOffset? through, string storage, int code)
        {
            DateOnly? lastDay = through is { } end ? DateOnly.FromDateTime(end.UtcDateTime).AddDays(-1) : null;
            var answer = new HealthAnswer(status, lastDay, nextRun(now), storage, meter.IgnoredCount);
            return TypedResults.Json(answer, ApiJson.Default.HealthAnswer, statusCode: code);
        }
    }
}
