using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Standalone.Relay.Receiving;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Relay;

/// <summary>Tells monitors how a relay is: 200 as long as it takes in what is sent, 503 where it has no room or its store can't be written.</summary>
internal sealed class RelayHealth(RelaySwitch relaySwitch, RelayStatus status, StoreWatch storeWatch, RelayRoom room)
{
    public Task<IResult> AnswerAsync(CancellationToken cancellation) => Answers.TryAsync(async () =>
    {
        var memory = await relaySwitch.ReadAsync(cancellation);
        var isDown = storeWatch.IsDamaged || storeWatch.IsUnwritable;
        var isFull = !isDown && await room.IsFullAsync(cancellation);
        var word = isDown ? "unavailable" : isFull ? "full" : status.Last.Error is not null ? "away" : memory.PausedSince is not null ? "paused" : "ok";
        return TypedResults.Json(
            new RelayHealthAnswer(word, status.Next, memory.LastRun, memory.PausedSince),
            RelayJson.Default.RelayHealthAnswer,
            statusCode: isDown || isFull ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    });
}

/// <summary>How a relay is.</summary>
/// <param name="Status"><c>ok</c>, <c>paused</c>, <c>away</c> where the service could not be reached, <c>full</c> where it holds as much as it may, or <c>unavailable</c> where the store can't be written.</param>
/// <param name="Next">When it sends next.</param>
/// <param name="LastRun">When it last went through all that is staged, and nothing failed; null before that.</param>
/// <param name="PausedSince">Since when it is paused; null where it is not.</param>
internal sealed record RelayHealthAnswer(string Status, DateTimeOffset Next, DateTimeOffset? LastRun, DateTimeOffset? PausedSince);

/// <summary>The JSON of a relay's own.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RelayHealthAnswer))]
internal sealed partial class RelayJson : JsonSerializerContext;
