using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Client.Events;

/// <summary>Sends batches until the service has them, refuses them, or they are too old for it.</summary>
internal sealed partial class EventSender(EventPost post, TelemetryEventsOptions options, EventMeter meter, TimeProvider clock, ILogger logger)
{
    private const int MostReasons = 5;

    private readonly HashSet<int> _refusals = [];
    private long _droppedAsLogged;

    /// <summary>Sends a batch. Returns once nothing is left to be done for it.</summary>
    /// <param name="tracked">The events.</param>
    /// <param name="closing">No wait before a try lasts any longer.</param>
    /// <param name="deadline">The end of all tries.</param>
    public async Task SendAsync(IReadOnlyList<TrackedEvent> tracked, CancellationToken closing, CancellationToken deadline)
    {
        var batch = PackedBatch.Of(tracked, options.Service!, Unusable);
        if (batch.Events.Count == 0)
            return;

        var backoff = new Backoff();
        var isFirst = true;
        while (true)
        {
            switch (await TryAsync(batch, deadline))
            {
                case PostResult.Answered { Answer: var answer }:
                    Answered(batch, answer);
                    return;
                case PostResult.Refused refused:
                    Refused(batch, refused);
                    return;
                case PostResult.Failed failed when deadline.IsCancellationRequested || clock.GetUtcNow() - batch.Newest > EventLimits.MaxAge:
                    meter.Dropped(batch.Events.Count);
                    Log.GivenUp(logger, batch.Events.Count, failed.Reason);
                    return;
                case PostResult.Failed failed:
                    var wait = backoff.Next(failed.AskedFor);
                    if (isFirst)
                        Log.Failed(logger, batch.Events.Count, post.Address, failed.Reason, wait.TotalSeconds);
                    else
                        LogDropped();
                    isFirst = false;
                    await WaitAsync(wait, backoff, closing, deadline);
                    meter.Retried(batch.Events.Count);
                    break;
            }
        }
    }

    /// <summary>Says how many events were dropped since it was last said.</summary>
    public void LogDropped()
    {
        var dropped = meter.DroppedInAll;
        if (dropped > _droppedAsLogged)
            Log.Dropped(logger, dropped - _droppedAsLogged, options.Capacity);
        _droppedAsLogged = dropped;
    }

    private async Task<PostResult> TryAsync(PackedBatch batch, CancellationToken deadline)
    {
        try
        {
            return await post.TryAsync(batch, deadline);
        }
        catch (OperationCanceledException)
        {
            return new PostResult.Failed("the host stopped");
        }
    }

    private async Task WaitAsync(TimeSpan wait, Backoff backoff, CancellationToken closing, CancellationToken deadline)
    {
        // When the host stops, a wait of minutes is cut short, and shorter ones follow until the deadline.
        var isClosing = closing.IsCancellationRequested;
        await Task.Delay(wait, clock, isClosing ? deadline : closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!isClosing && closing.IsCancellationRequested)
            backoff.Reset();
    }

    private void Unusable(Event @event, string reason)
    {
        meter.Rejected(1);
        Log.Unusable(logger, @event.PayloadCase, reason);
    }

    private void Answered(PackedBatch batch, EventsAnswer answer)
    {
        var sent = Math.Max(0, batch.Events.Count - answer.Rejected);
        meter.Sent(sent);
        meter.Rejected(answer.Rejected);
        Log.Sent(logger, batch.Events.Count, post.Address, answer.Accepted, answer.Duplicate, answer.Rejected);
        if (answer.Errors is { Count: > 0 } errors)
            Log.Rejected(logger, errors.Count, string.Join(' ', errors.Take(MostReasons).Select(error => $"{error.Index}: {error.Reason}")));
        _refusals.Clear();
    }

    private void Refused(PackedBatch batch, PostResult.Refused refused)
    {
        meter.Rejected(batch.Events.Count);
        // Until it works again: a wrong key would fill the log.
        if (_refusals.Add(refused.Status))
            Log.Refused(logger, post.Address, batch.Events.Count, refused.Status, refused.Detail);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Sent {Events} events to {Address}: {Accepted} accepted, {Duplicate} known, {Rejected} rejected")]
        public static partial void Sent(ILogger logger, int events, Uri address, int accepted, int duplicate, int rejected);

        [LoggerMessage(2, LogLevel.Warning, "The service rejected {Events} events, by their place in the batch: {Reasons}")]
        public static partial void Rejected(ILogger logger, int events, string reasons);

        [LoggerMessage(3, LogLevel.Error, "{Address} refuses {Events} events with {Status}. They are lost, as those that follow will be until this is mended: {Detail}")]
        public static partial void Refused(ILogger logger, Uri address, int events, int status, string detail);

        [LoggerMessage(4, LogLevel.Warning, "{Events} events can't be sent to {Address} yet: {Reason}. The next try is in {Seconds:0.0} seconds; others wait meanwhile")]
        public static partial void Failed(ILogger logger, int events, Uri address, string reason, double seconds);

        [LoggerMessage(5, LogLevel.Warning, "{Events} events are given up: {Reason}")]
        public static partial void GivenUp(ILogger logger, int events, string reason);

        [LoggerMessage(6, LogLevel.Warning, "An event ({Payload}) can't be sent: {Reason}")]
        public static partial void Unusable(ILogger logger, Event.PayloadOneofCase payload, string reason);

        [LoggerMessage(7, LogLevel.Warning, "{Events} events were dropped: more than {Capacity} waited, or the host stopped")]
        public static partial void Dropped(ILogger logger, long events, int capacity);
    }
}
