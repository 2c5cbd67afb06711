using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Events.Forgetting;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Http;

/// <summary>Tells monitors, and the page, how the service is.</summary>
public sealed class HealthReporter(
    SummaryProgressStore progressStore,
    IEnumerable<ISummarySource> sources,
    ReportSource reports,
    StoreWatch storeWatch,
    StoreProbe storeProbe,
    StoreCheck storeCheck,
    ReportMeter meter,
    ForgottenUsers forgottenUsers,
    ClockWatch clockWatch,
    TimeProvider clock)
{
    private const string NotWritable = "not writable";

    private static readonly TimeSpan LateAfter = TimeSpan.FromHours(1);

    // Monitors seldom wait longer, and what they would then see is no answer at all.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Before the first day is summarized there is no row that tells it; anyone may ask, and a scan costs more than a row.
    private readonly MinuteCache<DateTimeOffset?> _oldest = new(reports.FindOldestAsync, clock);

    /// <param name="nextRun">Tells the time of the next run after a moment.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>200, or 503 where reports can't be taken in or the store is damaged.</returns>
    public async Task<IResult> ReportAsync(Func<DateTimeOffset, DateTimeOffset> nextRun, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        SummaryProgress? progress = null;
        DateTimeOffset? checkedAt = null;
        ForgettingAnswer? forgetting = null;
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            (progress, _) = await progressStore.ReadAsync(ReportSource.SourceName, both.Token);
            checkedAt = await storeCheck.FindLastAsync(both.Token);
            forgetting = FindForgetting(await forgottenUsers.GetAsync(both.Token));
            var next = progress.Through ?? await _oldest.GetAsync(both.Token);
            var isAhead = await IsAheadAsync(now, both.Token);
            if (!clockWatch.IsSet)
                return Answer("clock", "reachable", StatusCodes.Status503ServiceUnavailable);

            await storeProbe.WriteAsync(both.Token);
            if (storeWatch.IsDamaged)
                return Answer("damaged", "damaged", StatusCodes.Status503ServiceUnavailable);

            if (storeWatch.IsUnwritable)
                return Answer("unavailable", NotWritable, StatusCodes.Status503ServiceUnavailable);

            var isLate = next is { } day && Window.Day(day).ClosesAt + LateAfter < now;
            return Answer(isAhead ? "ahead" : isLate ? "late" : "ok", "reachable", StatusCodes.Status200OK);
        }
        catch (Exception e) when (e is StoreUnavailableException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return storeWatch.IsDamaged
                ? Answer("damaged", "damaged", StatusCodes.Status503ServiceUnavailable)
                : Answer("unavailable", progress is null ? "unreachable" : NotWritable, StatusCodes.Status503ServiceUnavailable);
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

        IResult Answer(string status, string storage, int code)
        {
            DateOnly? lastDay = progress?.Through is { } end ? DateOnly.FromDateTime(end.UtcDateTime).AddDays(-1) : null;
            var answer = new HealthAnswer(status, lastDay, nextRun(now), storage, meter.IgnoredCount, checkedAt, progress?.Unreadable, forgetting, progress?.Withheld, progress?.Excluded);
            return TypedResults.Json(answer, ApiJson.Default.HealthAnswer, statusCode: code);
        }
    }

    private static ForgettingAnswer? FindForgetting(IReadOnlyList<ForgottenUser> users)
    {
        var pending = users.Where(user => user.DoneAt is null).ToList();
        return pending.Count == 0 ? null : new ForgettingAnswer(pending.Count, pending.Min(user => user.RequestedAt));
    }
}
