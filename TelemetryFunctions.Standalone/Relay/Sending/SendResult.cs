namespace TelemetryFunctions.Standalone.Relay.Sending;

/// <summary>What came of sending an item.</summary>
internal enum SendOutcome
{
    /// <summary>The service has it.</summary>
    Taken,

    /// <summary>The service does not want it, now or later.</summary>
    Refused,

    /// <summary>The service can't be reached, or can't take it now.</summary>
    Away,
}

/// <summary>What came of sending an item.</summary>
/// <param name="Outcome">It.</param>
/// <param name="Note">What was answered, or why nothing was.</param>
/// <param name="Wait">How long the service wants to be left alone; null where it does not say.</param>
/// <param name="IsAnswered">True where somebody answered, so that it may be the fault of the item.</param>
internal sealed record SendResult(SendOutcome Outcome, string Note, TimeSpan? Wait = null, bool IsAnswered = false);
