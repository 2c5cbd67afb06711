using Microsoft.Extensions.Logging;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Relay;

/// <summary>Removes what was kept for as long as it is to be; nothing on the word of a clock that has just jumped.</summary>
internal sealed partial class RelayExpiry(
    RelayStore items, RelayOptions options, ClockWatch clockWatch, HeartbeatStore heartbeats, TimeProvider clock, ILogger<RelayExpiry> logger)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await clockWatch.IsSteadyAsync(cancellation))
            await ExpireAsync(clock.GetUtcNow(), cancellation);
        await MakeRoomAsync(cancellation);
    }

    private async Task ExpireAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var (kept, sent) = (now.AddDays(-options.KeptDays), now.AddDays(-RelayOptions.SentDays));
        var unsent = 0L;
        await foreach (var item in items.ReadAsync(cancellation))
        {
            if ((item.ReceivedAt < kept || (item.IsDone && item.ChangedAt < sent)) && await items.TryDropAsync(item, cancellation) && !item.IsDone)
                unsent++;
        }

        if (unsent > 0)
            Log.Expired(logger, unsent, options.KeptDays);
        await heartbeats.DeleteBeforeAsync(kept, cancellation);
    }

    /// <summary>Where what was sent takes room that what waits will need, the oldest of it goes.</summary>
    private async Task MakeRoomAsync(CancellationToken cancellation)
    {
        var surplus = await items.SumBytesAsync(cancellation) - options.MostBytes / 2;
        if (surplus <= 0)
            return;

        await foreach (var item in items.ReadAsync(cancellation).Where(item => item.IsDone))
        {
            if (await items.TryDropAsync(item, cancellation) && (surplus -= item.HeldBytes) <= 0)
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Items} items that could not be sent within {Days} days are dropped")]
        public static partial void Expired(ILogger logger, long items, int days);
    }
}
