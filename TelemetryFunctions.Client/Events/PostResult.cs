namespace TelemetryFunctions.Client.Events;

/// <summary>What came of sending a batch.</summary>
internal abstract record PostResult
{
    /// <summary>The service has it.</summary>
    public sealed record Answered(EventsAnswer Answer) : PostResult;

    /// <summary>The service refuses it, and would again.</summary>
    /// <param name="Status">With this status.</param>
    /// <param name="Detail">Why.</param>
    public sealed record Refused(int Status, string Detail) : PostResult;

    /// <summary>It may work another time.</summary>
    /// <param name="Reason">Why it did not.</param>
    /// <param name="AskedFor">How long the service asks to wait, at least.</param>
    public sealed record Failed(string Reason, TimeSpan AskedFor = default) : PostResult;
}
