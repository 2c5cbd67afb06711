namespace TelemetryFunctions.Summaries;

/// <summary>
/// Says how far the machine's clock is to be believed: nothing is removed for its age on the word of one that has just jumped.
/// </summary>
/// <remarks>
/// A clock that jumped and a service that was away look alike, so after either what destroys waits for an hour, counted by a
/// clock that only counts elapsed time. A process that ends sooner leaves a heartbeat, which the next one takes for a past once
/// another hour has begun.
/// </remarks>
public sealed class ClockWatch(HeartbeatStore heartbeats, TimeProvider clock) : IDisposable
{
    /// <summary>The service did not exist before: a clock that says so was never set.</summary>
    public static readonly DateTimeOffset Earliest = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A weekend is no jump.
    private static readonly TimeSpan MostSilence = TimeSpan.FromDays(2);

    private static readonly TimeSpan Probation = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _looking = new(1);
    private (DateTimeOffset Time, long Timestamp)? _seen;
    private long? _jumpedAt;

    /// <summary>False on a machine whose clock was never set.</summary>
    public bool IsSet => clock.GetUtcNow() >= Earliest;

    /// <exception cref="ClockNotSetException">The clock was never set.</exception>
    public void ThrowIfNotSet()
    {
        if (!IsSet)
            throw new ClockNotSetException(clock.GetUtcNow());
    }

    /// <summary>Notes that the service is up, and says whether the clock may be believed where that destroys something.</summary>
    public async Task<bool> IsSteadyAsync(CancellationToken cancellation)
    {
        await _looking.WaitAsync(cancellation);
        try
        {
            var (now, timestamp) = (clock.GetUtcNow(), clock.GetTimestamp());
            if (await HasJumpedAsync(now, timestamp, cancellation))
                _jumpedAt = timestamp;
            else if (_jumpedAt is { } at && clock.GetElapsedTime(at, timestamp) >= Probation)
                _jumpedAt = null;

            await heartbeats.BeatAsync(now, cancellation);
            _seen = (now, timestamp);
            return _jumpedAt is null;
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    private async Task<bool> HasJumpedAsync(DateTimeOffset now, long timestamp, CancellationToken cancellation) => _seen is { } seen
        ? now - seen.Time - clock.GetElapsedTime(seen.Timestamp, timestamp) > MostSilence
        : await heartbeats.IsSilentAsync(now - MostSilence, now, cancellation);
}

/// <summary>Nothing can be dated now: the machine's clock was never set.</summary>
public sealed class ClockNotSetException(DateTimeOffset now)
    : Exception($"The clock of this machine says {now:yyyy-MM-dd}, before this service existed. Set it, then send the same request again.");
