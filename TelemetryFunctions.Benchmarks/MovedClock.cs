namespace TelemetryFunctions.Benchmarks;

/// <summary>A clock that shows a given time now, and goes on from there.</summary>
internal sealed class MovedClock(DateTimeOffset now) : TimeProvider
{
    private TimeSpan _offset = now - System.GetUtcNow();

    /// <summary>Moves it on.</summary>
    public void Advance(TimeSpan span) => _offset += span;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _offset;
}
