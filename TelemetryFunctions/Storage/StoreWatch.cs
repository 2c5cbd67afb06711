using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Storage;

/// <summary>
/// Knows whether the store fails, and says so in the log: one line when it begins and one when it ends, however many requests
/// meet it.
/// </summary>
public sealed class StoreWatch
{
    private readonly Outage _reads;
    private readonly Outage _writes;
    private readonly ILogger<StoreWatch> _logger;
    private int _isDamaged;

    public StoreWatch(TimeProvider clock, ILogger<StoreWatch> logger)
    {
        _logger = logger;
        _reads = new Outage("read", clock, logger);
        _writes = new Outage("written", clock, logger);
    }

    /// <summary>A write has failed, and none has succeeded since the minute after that: on a full disk a small one may still fit.</summary>
    public bool IsUnwritable => _writes.IsOn;

    /// <summary>Something in the store's files can't be read, and they were not found in order since.</summary>
    public bool IsDamaged => Volatile.Read(ref _isDamaged) != 0;

    public void ReadSucceeded() => _reads.End();

    public void ReadFailed(StoreUnavailableException error) => Failed(_reads, error);

    public void WriteSucceeded() => _writes.End();

    public void WriteFailed(StoreUnavailableException error) => Failed(_writes, error);

    /// <summary>The files were looked through and are in order.</summary>
    public void FoundInOrder() => Volatile.Write(ref _isDamaged, 0);

    /// <summary>Something in the files can't be read. It stays so until they are found in order, whatever else can be read.</summary>
    public void FoundDamaged(StoreDamagedException error)
    {
        if (Interlocked.Exchange(ref _isDamaged, 1) == 0)
            StoreLog.Damaged(_logger, error.Message);
    }

    private void Failed(Outage outage, StoreUnavailableException error)
    {
        if (error is StoreDamagedException damage)
            FoundDamaged(damage);
        else
            outage.Begin(error.Message);
    }

    private sealed class Outage(string what, TimeProvider clock, ILogger logger)
    {
        // What fails now and then has not recovered in between.
        private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

        private readonly Lock _lock = new();
        private DateTimeOffset _began;
        private DateTimeOffset _lastFailure;
        private long _failures;
        private volatile bool _isOn;

        public bool IsOn => _isOn;

        public void Begin(string reason)
        {
            lock (_lock)
            {
                _lastFailure = clock.GetUtcNow();
                _failures++;
                if (_isOn)
                    return;
                _isOn = true;
                _began = _lastFailure;
                StoreLog.Began(logger, what, reason);
            }
        }

        public void End()
        {
            // Nearly always.
            if (!_isOn)
                return;

            lock (_lock)
            {
                if (!_isOn || clock.GetUtcNow() - _lastFailure < Calm)
                    return;
                _isOn = false;
                StoreLog.Ended(logger, what, _began, _failures);
                _failures = 0;
            }
        }
    }
}

internal static partial class StoreLog
{
    [LoggerMessage(1, LogLevel.Error, "The store can't be {What}, and requests that need it are answered 503 until it can: {Reason}")]
    public static partial void Began(ILogger logger, string what, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The store can be {What} again; since {Began:u} that failed {Failures} times")]
    public static partial void Ended(ILogger logger, string what, DateTimeOffset began, long failures);

    [LoggerMessage(3, LogLevel.Critical, "{Damage}")]
    public static partial void Damaged(ILogger logger, string damage);
}
