using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Events;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Standalone.Relay.Receiving;

/// <summary>Takes in batches of events, as <c>POST /events</c> of the service does. The key is the service's, which alone can tell whether it is right.</summary>
internal sealed class RelayEvents(RelayStore items, TimeProvider clock)
{
    private const string Wanted = "Send a batch of events: an EventBatch of events.proto, a JSON array, or a line of JSON for each.";
    private const string KeyHeader = "x-functions-key";
    private const string KeyParameter = "code";
    private const string NoKey = "Events need the function key of the service, in " + KeyHeader + ".";
    private const int NameBytes = 16;

    public Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation) => Answers.TryAsync(async () =>
    {
        var key = request.Headers.TryGetValue(KeyHeader, out var header) ? header.ToString() : request.Query[KeyParameter].ToString();
        if (key.Length == 0)
            return Answers.Problem(StatusCodes.Status401Unauthorized, NoKey);

        var format = EventFormats.Parse(request.ContentType);
        var body = await RequestBody.ReadAsync(request, EventLimits.MaxBytes, Wanted, cancellation);
        var now = clock.GetUtcNow();
        var read = EventParser.Parse(body, format);
        var errors = read.Index().Select(one => (one.Index, Error: one.Item.Error ?? EventCheck.FindError(one.Item.Event!, now)))
            .Where(one => one.Error is not null)
            .Select(one => new RejectedEvent(one.Index, one.Error!))
            .ToList();

        // A batch is known by its bytes, and with another key it is another try.
        if (errors.Count < read.Count)
        {
            var id = new RelayId(DateOnly.FromDateTime(now.UtcDateTime), RelayKind.Events, Convert.ToHexStringLower(SHA256.HashData([.. SHA256.HashData(Encoding.UTF8.GetBytes(key)), .. body]).AsSpan(..NameBytes)));
            await items.StageAsync(
                new RelayItem(id, RelayState.Staged, "", request.ContentType ?? "", body.Length, now), body, new RelaySecrets(FunctionKey: key), replaces: false, cancellation);
        }

        return TypedResults.Json(new EventsAnswer(read.Count - errors.Count, 0, errors.Count, errors), ApiJson.Default.EventsAnswer);
    });
}
