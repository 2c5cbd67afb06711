using Microsoft.Extensions.Logging;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Relay.Sending;

/// <summary>Goes through what is staged, oldest day first, and sends it. What is killed anywhere is made up for by the next run: an item is noted as sent after it is.</summary>
internal sealed partial class RelayRun(RelayStore items, RelaySwitch relaySwitch, RelaySender sender, RelayExpiry expiry, RelayOptions options, TimeProvider clock, ILogger<RelayRun> logger)
{
    private const int AtOnce = 8;

    // So many that fail of one day are hardly the fault of what is in them.
    private const int MostFailures = 3;

    public async Task<RelayRunResult> RunAsync(CancellationToken cancellation)
    {
        var isPaused = await IsPausedAsync(cancellation);
        using var tally = new RelayTally(MostFailures);
        bool IsDue(RelayItem item) => item.State == RelayState.Staged && (item.IsReleased || !isPaused);

        // Day by day: of a system's reports that count on one day, because theirs are closed, the last one is to be the newest.
        foreach (var day in await items.ReadAsync(cancellation).Where(IsDue).Select(item => item.Id.Day).Distinct().Order().ToListAsync(cancellation))
        {
            if (tally.IsOver)
                break;
            await SendAllAsync(await items.ReadAsync(day, cancellation).Where(IsDue).Select(item => item.Id).ToListAsync(cancellation), tally, cancellation);
        }

        await expiry.RunAsync(cancellation);
        await items.TidyAsync(cancellation);
        var result = tally.Result;
        if (result.Error is { } error)
            Log.Failed(logger, options.To, error);
        else
            await relaySwitch.NoteRunAsync(clock.GetUtcNow(), cancellation);
        if (result.Sent + result.Refused + result.Superseded > 0)
            Log.Done(logger, result.Sent, result.Refused, result.Superseded);
        return result;
    }

    /// <summary>True where somebody has released something that is not sent yet.</summary>
    public async Task<bool> HasReleasedAsync(CancellationToken cancellation) => await items.ReadAsync(cancellation).AnyAsync(item => item.IsReleased, cancellation);

    private async Task SendAllAsync(IReadOnlyList<RelayId> day, RelayTally tally, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tally.BeginDay());
        try
        {
            // Shuffled, so that a few that fail by themselves never are the first of all, and hold up the rest.
            await Parallel.ForEachAsync(
                day.Shuffle(),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop.Token },

                // What has begun goes on: it may have arrived.
                async (id, _) => await SendAsync(id, tally, cancellation));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // There have been enough failures, which may be the fault of what is of this day.
        }
    }

    private async Task<bool> IsPausedAsync(CancellationToken cancellation) => (await relaySwitch.ReadAsync(cancellation)).PausedSince is not null;

    private async Task SendAsync(RelayId id, RelayTally tally, CancellationToken cancellation)
    {
        // Who pauses the relay while it sends means what is not sent yet.
        if (await items.FindAsync(id, cancellation) is not { Item.State: RelayState.Staged } content || (!content.Item.IsReleased && await IsPausedAsync(cancellation)))
            return;

        if (await IsSupersededAsync(content.Item, cancellation))
        {
            if (await items.TryChangeAsync(content.Item, RelayState.Superseded, "Its day is closed, and a newer report of the system counts.", false, cancellation))
                tally.Superseded();
            return;
        }

        var result = await sender.SendAsync(content, cancellation);
        tally.Add(result);
        if (result.Outcome == SendOutcome.Away)
            return;

        // What has come in its place meanwhile is staged, and sent by the next run. What was sent is noted as such, even where the run is to end now.
        var state = result.Outcome == SendOutcome.Taken ? RelayState.Sent : RelayState.Refused;
        await items.TryChangeAsync(content.Item, state, result.Note, false, CancellationToken.None);
    }

    /// <summary>True for a report that can't count on its day any more, where the service has one of the system of a later day, in whose place it would count.</summary>
    private async Task<bool> IsSupersededAsync(RelayItem item, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var day = Window.Day(new DateTimeOffset(item.Id.Day, TimeOnly.MinValue, TimeSpan.Zero));
        if (item.System.Length == 0 || now < day.LastWrite)
            return false;

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        for (var later = item.Id.Day.AddDays(1); later <= today; later = later.AddDays(1))
        {
            if (await items.FindItemAsync(item.Id with { Day = later }, cancellation) is { State: RelayState.Sent })
                return true;
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Sent {Sent} items; {Refused} were refused, {Superseded} have newer ones")]
        public static partial void Done(ILogger logger, long sent, long refused, long superseded);

        [LoggerMessage(2, LogLevel.Warning, "{To} can't be sent to now, what is staged waits: {Error}")]
        public static partial void Failed(ILogger logger, Uri to, string error);
    }
}
