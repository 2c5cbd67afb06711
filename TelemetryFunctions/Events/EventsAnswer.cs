namespace TelemetryFunctions.Events;

/// <summary>The answer to a batch of events.</summary>
/// <param name="Accepted">Events that are stored now.</param>
/// <param name="Duplicate">Events whose id came before in the batch, and those of a batch that was stored before.</param>
/// <param name="Rejected">Events that are not taken; the others are.</param>
/// <param name="Errors">What is wrong with each of those.</param>
public sealed record EventsAnswer(int Accepted, int Duplicate, int Rejected, IReadOnlyList<RejectedEvent> Errors);

/// <summary>An event that is not taken.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Reason">What is wrong and what to mend.</param>
public sealed record RejectedEvent(int Index, string Reason);
