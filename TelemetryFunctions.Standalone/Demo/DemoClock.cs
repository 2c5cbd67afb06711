namespace TelemetryFunctions.Standalone.Demo;

/// <summary>A clock that is moved by hand until it is let go.</summary>
internal sealed class DemoClock : TimeProvider
{
    private long _ticks;

    /// <summary>Stands still at a moment.</summary>
    public void MoveTo(DateTimeOffset time) => Volatile.Write(ref _ticks, time.UtcTicks);

    /// <summary>Tells the real time from now on.</summary>
    public void Release() => Volatile.Write(ref _ticks, 0);

    /// <summary>In a demo days pass as fast as they are filled.</summary>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _ticks) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : base.GetUtcNow();
}
