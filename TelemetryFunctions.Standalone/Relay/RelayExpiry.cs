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
        await RelayStore.TryEachAsync(
            items.ReadAsync(cancellation).Where(item => item.IsDone && (item.ReceivedAt < kept || item.ChangedAt < sent)), items.TryDropAsync, cancellation);
        var unsent = await RelayStore.TryEachAsync(items.ReadAsync(cancellation).Where(item => !item.IsDone && item.ReceivedAt < kept), items.TryDropAsync, cancellation);
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

        var oldest = items.ReadAsync(cancellation).Where(item => item.IsDone).TakeWhile(item =>
        {
            var isLeft = surplus > 0;
            surplus -= item.HeldBytes;
            return isLeft;
        });
        await RelayStore.TryEachAsync(oldest, items.TryDropAsync, cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Items} items that could not be sent within {Days} days are dropped")]
        public static partial void Expired(ILogger logger, int items, int days);
    }
}
