using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Events.Forgetting;
using TelemetryFunctions.Http;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events;

/// <summary>Takes in batches of events: reads, checks, stores. What is wrong with an event does not keep the others from being taken.</summary>
public sealed class EventReceiver(EventStore events, EventMarks marks, ForgottenUsers forgottenUsers, EventMeter meter, ClockWatch clockWatch, TimeProvider clock)
{
    private const string Wanted = "Send a batch of events: an EventBatch of events.proto, a JSON array, or a line of JSON for each.";

    /// <summary>Takes in the batch of a request. Returns when it is durable.</summary>
    /// <exception cref="RequestRejectedException">The request is no batch.</exception>
    /// <exception cref="ClockNotSetException">It can't be said what day it is.</exception>
    /// <exception cref="StoreUnavailableException">It is not known to be durable.</exception>
    public async Task<EventsAnswer> ReceiveAsync(HttpRequest request, CancellationToken cancellation)
    {
        clockWatch.ThrowIfNotSet();
        var format = EventFormats.Parse(request.ContentType);
        var body = await RequestBody.ReadAsync(request, EventLimits.MaxBytes, Wanted, cancellation);
        var read = EventParser.Parse(body, format);
        var (stored, errors, repeated) = (new List<StoredEvent>(), new List<RejectedEvent>(), 0);
        await StorePatience.RunAsync(
            async token =>
            {
                var forgotten = await forgottenUsers.FindEventsAsync(await forgottenUsers.GetAsync(token), token);
                (stored, errors, repeated) = Check(read, forgotten, clock.GetUtcNow());

                // Marks first: events that are stored and not marked would not be rolled up.
                await marks.SetAsync(stored.Select(stored => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(stored.Ms).UtcDateTime)), token);
            },
            clock,
            cancellation);
        var known = await events.StoreAsync(stored, cancellation);
        var answer = new EventsAnswer(stored.Count - known, repeated + known, errors.Count, errors);
        meter.Received(answer);
        return answer;
    }

    private static (List<StoredEvent> Stored, List<RejectedEvent> Errors, int Repeated) Check(
        IReadOnlyList<ReadEvent> read, ForgottenEvents forgotten, DateTimeOffset now)
    {
        var (stored, errors, ids, repeated) = (new List<StoredEvent>(), new List<RejectedEvent>(), new HashSet<ulong>(), 0);
        foreach (var (i, (@event, unread)) in read.Index())
        {
            if ((unread ?? EventCheck.FindError(@event!, now)) is { } error)
            {
                errors.Add(new RejectedEvent(i, error));
                continue;
            }

            var one = StoredEvent.Of(@event!);
            if (forgotten.Has(one.User, one.Ms))
                errors.Add(new RejectedEvent(i, "Its user was forgotten later than that: nothing that a user did before is taken."));
            else if (ids.Add(one.Id))
                stored.Add(one);
            else
                repeated++;
        }

        return (stored, errors, repeated);
    }
}
