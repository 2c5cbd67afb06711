namespace TelemetryFunctions.Standalone.Relay;

/// <summary>How a running relay is.</summary>
internal sealed class RelayStatus
{
    private volatile Reached _reached = new(null, null);
    private long _nextTicks;

    /// <summary>When what is staged is sent next.</summary>
    public DateTimeOffset Next
    {
        get => new(Interlocked.Read(ref _nextTicks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _nextTicks, value.UtcTicks);
    }

    /// <summary>When it last tried, since it was started, and why that failed; null where it did not.</summary>
    public (DateTimeOffset? At, string? Error) Last => (_reached.At, _reached.Error);

    public void Tell(DateTimeOffset at, string? error) => _reached = new Reached(at, error);

    private sealed record Reached(DateTimeOffset? At, string? Error);
}
