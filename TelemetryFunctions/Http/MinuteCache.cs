namespace TelemetryFunctions.Http;

/// <summary>Looks at most once a minute, whoever asks and how often, unless looking failed.</summary>
/// <param name="look">Looks.</param>
/// <param name="clock">The clock.</param>
internal sealed class MinuteCache<T>(Func<CancellationToken, Task<T>> look, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Task<T>? _seen;
    private DateTimeOffset _seenAt;

    public Task<T> GetAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_seen is null or { IsCompleted: true, IsCompletedSuccessfully: false } || (_seen.IsCompleted && (now < _seenAt || now - _seenAt >= Minute)))
            {
                // Not by the token of the one who happens to ask first: others may wait for it too.
                (_seen, _seenAt) = (look(CancellationToken.None), now);
            }

            return _seen.WaitAsync(cancellation);
        }
    }
}
