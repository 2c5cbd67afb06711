using Microsoft.Extensions.Logging;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// Summarizes every closed window that is not done yet, oldest first, expires raw data, then tells the observers. Points
/// first, progress last: whatever is killed where, running again gives the same tables.
/// </summary>
public sealed partial class SummaryRunner(
    ITableStore tables,
    SummaryProgressStore progressStore,
    ClockWatch clockWatch,
    IEnumerable<ISummaryObserver> observers,
    TimeProvider clock,
    ILogger<SummaryRunner> logger)
{
    private static readonly TimeSpan AskAgainEvery = TimeSpan.FromSeconds(1);

    // How long raw data outlives its promise at most, where windows can't be summarized.
    internal static readonly TimeSpan Overdue = TimeSpan.FromDays(7);

    private bool _isPurgeOwed;

    /// <summary>
    /// Does what is due, or nothing. Waits where a window is about to close, and up to one lease length for another runner.
    /// </summary>
    /// <returns>What was done, or null where another runner stays.</returns>
    public async Task<RunResult?> RunDueAsync(ISummarySource source, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var closing = Window.At(now, source.WindowLength).Start + Window.Grace;
        if (closing > now)
            await Task.Delay(closing - now, clock, cancellation);

        return await RunAsync(source, false, cancellation);
    }

    /// <summary>Does what is due, then writes the windows that are not over as provisional points.</summary>
    /// <returns>What was done, or null where another runner stays.</returns>
    public Task<RunResult?> RunWithProvisionalAsync(ISummarySource source, CancellationToken cancellation) =>
        RunAsync(source, true, cancellation);

    /// <summary>Does some work under the lease of a source, while no window of it can be done.</summary>
    /// <returns>False where another runner stays; the work was not begun then.</returns>
    public async Task<bool> RunAloneAsync(ISummarySource source, Func<SummaryLease, Task> work, CancellationToken cancellation)
    {
        await using var lease = await AcquireAsync(source, cancellation);
        if (lease is not null)
            await work(lease);
        return lease is not null;
    }

    private async Task<RunResult?> RunAsync(ISummarySource source, bool withProvisional, CancellationToken cancellation)
    {
        await using var lease = await AcquireAsync(source, cancellation);
        if (lease is null)
        {
            Log.Busy(logger, source.Name);
            return null;
        }

        await TakeBackAsync(source, lease);
        var isSteady = await clockWatch.IsSteadyAsync(lease.Lost);
        if (!isSteady)
            Log.ClockJumped(logger, source.Name);
        try
        {
            var result = await SummarizeAsync(source, lease, withProvisional);
            result = result with { Expired = await FinishAsync(source, lease, isSteady) };
            if (_isPurgeOwed)
                await TryPurgeAsync(lease.Lost);
            return result;
        }
        catch (Exception e) when (isSteady && e is not (OperationCanceledException or StoreUnavailableException))
        {
            // A window that can't be done must not keep for ever what was promised to go.
            await source.ExpireAsync(clock.GetUtcNow() - Overdue, lease.Lost);
            await TryPurgeAsync(lease.Lost);
            throw;
        }
    }

    private async Task<RunResult> SummarizeAsync(ISummarySource source, SummaryLease lease, bool withProvisional)
    {
        var done = new List<Window>();
        var result = RunResult.Nothing with { Windows = done };
        var window = await NextAsync(source, lease.Progress, lease.Lost);
        for (; window is { } due && due.ClosesAt <= clock.GetUtcNow(); window = due.Next)
        {
            var counts = await source.SummarizeAsync(due, false, lease.Lost);
            await lease.WriteAsync(progress => (progress with { First = progress.First ?? due.Start, Through = due.End }).With(counts));
            Log.Summarized(logger, source.Name, due.Start, counts.Rows, counts.Skipped);
            done.Add(due);
            result = result.With(counts);
        }

        result = result.With(await source.RefreshAsync(lease.Progress.Through, lease.Lost));
        for (; withProvisional && window is { } open && open.Start <= clock.GetUtcNow(); window = open.Next)
            result = result.With(await source.SummarizeAsync(open, true, lease.Lost)) with { Provisional = open };

        return result;
    }

    /// <summary>Expires raw data and tells the observers, where that is not done for the windows done.</summary>
    /// <returns>Raw rows removed.</returns>
    private async Task<long> FinishAsync(ISummarySource source, SummaryLease lease, bool isSteady)
    {
        if (lease.Progress is not { IsExpiryDue: true, Through: { } through })
        {
            foreach (var observer in observers)
            {
                if (lease.Progress.Through is not null && await observer.IsDueAsync(source, lease.Lost))
                    await observer.SummarizedAsync(source, lease.Progress, lease.Lost);
            }

            return 0;
        }

        // Raw data goes when it was promised to, whatever becomes of the charts.
        var expired = isSteady ? await ExpireAsync(source, lease, through) : 0;

        // Before expiry is noted as done, so that a run that is killed here is finished by the next one.
        await TellObserversAsync(source, lease.Progress, lease.Lost);
        if (isSteady)
            await lease.WriteAsync(progress => progress with { ExpiredThrough = through });
        return expired;
    }

    private async Task<long> ExpireAsync(ISummarySource source, SummaryLease lease, DateTimeOffset through)
    {
        var expired = await source.ExpireAsync(through, lease.Lost);

        // Once a day: what may not stay expires by the day, and a pass over the files of a store takes its time.
        if (lease.Progress.ExpiredThrough is not { } before || Window.Day(before) != Window.Day(through))
            _isPurgeOwed = true;
        return expired;
    }

    /// <summary>What was removed is gone for every reader; that its traces can't be removed now must not keep days from being done.</summary>
    private async Task TryPurgeAsync(CancellationToken cancellation)
    {
        _isPurgeOwed = true;
        try
        {
            await tables.PurgeAsync(cancellation);
            _isPurgeOwed = false;
        }
        catch (StoreUnavailableException e)
        {
            Log.NotPurged(logger, e.Message);
        }
    }

    /// <summary>Undoes what a clock that was ahead has done: the windows that are not over are done again when they are.</summary>
    private async Task TakeBackAsync(ISummarySource source, SummaryLease lease)
    {
        var now = clock.GetUtcNow();
        if (lease.Progress.IsThroughAfter(now))
        {
            // First: a run that is killed is made up for by one of another day, by which what was done ahead need not look so any more.
            Log.TakenBack(logger, source.Name, lease.Progress.Through, now);
            await lease.WriteAsync(progress => progress.BackTo(Window.At(now, source.WindowLength).Start));
        }

        await source.TakeBackAsync(now, lease.Progress.Ahead, lease.Lost);
        if (lease.Progress.Ahead is null)
            return;

        await TellObserversAsync(source, lease.Progress, lease.Lost);
        await lease.WriteAsync(progress => progress with { Ahead = null });
    }

    private async Task TellObserversAsync(ISummarySource source, SummaryProgress progress, CancellationToken cancellation)
    {
        foreach (var observer in observers)
            await observer.SummarizedAsync(source, progress, cancellation);
    }

    private async Task<SummaryLease?> AcquireAsync(ISummarySource source, CancellationToken cancellation)
    {
        for (var giveUp = clock.GetUtcNow() + SummaryLease.Length; ;)
        {
            var lease = await SummaryLease.TryAcquireAsync(progressStore, tables, clock, source.Name, cancellation);
            if (lease is not null || clock.GetUtcNow() > giveUp)
                return lease;
            await Task.Delay(AskAgainEvery, clock, cancellation);
        }
    }

    /// <summary>The oldest window that is not done, or null where there never was a raw row.</summary>
    private static async Task<Window?> NextAsync(ISummarySource source, SummaryProgress progress, CancellationToken cancellation)
    {
        var start = progress.Through ?? await source.FindOldestAsync(cancellation);
        return start is { } time ? new Window(time, source.WindowLength) : null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Source}: {Window:u} is done: {Rows} rows, {Skipped} skipped")]
        public static partial void Summarized(ILogger logger, string source, DateTimeOffset window, long rows, long skipped);

        [LoggerMessage(3, LogLevel.Warning, "{Source} was summarized through {Through:u}, which is yet to come: this machine's clock was ahead, and what it did after {Now:u} is taken back")]
        public static partial void TakenBack(ILogger logger, string source, DateTimeOffset? through, DateTimeOffset now);

        [LoggerMessage(4, LogLevel.Warning, "{Source}: this machine's clock jumped, or the service was away for days; nothing is removed for its age until it has run for an hour")]
        public static partial void ClockJumped(ILogger logger, string source);

        [LoggerMessage(5, LogLevel.Warning, "What is left in the store's files of removed rows could not be wiped out now; the next hourly run tries again: {Reason}")]
        public static partial void NotPurged(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "{Source}: another runner is at work")]
        public static partial void Busy(ILogger logger, string source);
    }
}

/// <summary>What a run has done.</summary>
/// <param name="Windows">The windows that are done now, oldest first.</param>
/// <param name="Provisional">The last window that got provisional points.</param>
/// <param name="Rows">Raw rows counted, those of provisional points too.</param>
/// <param name="Skipped">Raw rows that could not be read.</param>
/// <param name="Expired">Raw rows removed for their age.</param>
public sealed record RunResult(IReadOnlyList<Window> Windows, Window? Provisional, long Rows, long Skipped, long Expired)
{
    public static readonly RunResult Nothing = new([], null, 0, 0, 0);

    internal RunResult With(WindowResult counts) =>
        this with { Rows = Rows + counts.Rows, Skipped = Skipped + counts.Skipped };
}
