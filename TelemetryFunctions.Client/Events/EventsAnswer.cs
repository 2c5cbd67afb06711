using System.Text.Json.Serialization;

namespace TelemetryFunctions.Client.Events;

/// <summary>What the service says of a batch.</summary>
/// <param name="Accepted">Events that it has now.</param>
/// <param name="Duplicate">Events that it had before.</param>
/// <param name="Rejected">Events that it does not take.</param>
/// <param name="Errors">Why not.</param>
internal sealed record EventsAnswer(int Accepted, int Duplicate, int Rejected, IReadOnlyList<RejectedEvent>? Errors);

/// <summary>An event that the service does not take.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Reason">Why not.</param>
internal sealed record RejectedEvent(int Index, string Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(EventsAnswer))]
internal sealed partial class EventsJson : JsonSerializerContext;
