namespace TelemetryFunctions.Standalone.Relay.Sending;

/// <summary>Counts what comes of the items of a run, and says when it is better to stop.</summary>
/// <param name="mostFailures">So many failures in a row are enough of a day, and of the run where nobody answers; one is where the service wants to be left alone.</param>
internal sealed class RelayTally(int mostFailures) : IDisposable
{
    private CancellationTokenSource _enough = new();
    private readonly Lock _lock = new();
    private RelayRunResult _result = new(0, 0, 0, null, null);
    private int _failures;

    /// <summary>True where sending anything more would fail as well.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Begins with the items of another day.</summary>
    /// <returns>Is cancelled where sending more of them would fail as well.</returns>
    public CancellationToken BeginDay()
    {
        lock (_lock)
        {
            _failures = 0;
            _enough.Dispose();
            _enough = new CancellationTokenSource();
            return _enough.Token;
        }
    }

    public RelayRunResult Result
    {
        get
        {
            lock (_lock)
                return _result;
        }
    }

    public void Superseded()
    {
        lock (_lock)
            _result = _result with { Superseded = _result.Superseded + 1 };
    }

    public void Add(SendResult result)
    {
        lock (_lock)
        {
            _failures = result.Outcome == SendOutcome.Away ? _failures + 1 : 0;
            _result = result.Outcome switch
            {
                SendOutcome.Taken => _result with { Sent = _result.Sent + 1 },
                SendOutcome.Refused => _result with { Refused = _result.Refused + 1 },
                _ => _result with { Error = result.Note, Wait = result.Wait ?? _result.Wait },
            };
            if (_failures < mostFailures && _result.Wait is null)
                return;
            IsOver |= _result.Wait is not null || !result.IsAnswered;
            _enough.Cancel();
        }
    }

    public void Dispose() => _enough.Dispose();
}

/// <summary>What came of a run.</summary>
/// <param name="Sent">Items that the service has now.</param>
/// <param name="Refused">Items that it does not want.</param>
/// <param name="Superseded">Items that were not sent, because there are newer ones.</param>
/// <param name="Error">Why one could not be sent; null where none failed.</param>
/// <param name="Wait">How long the service wants to be left alone; null where it does not say.</param>
internal sealed record RelayRunResult(long Sent, long Refused, long Superseded, string? Error, TimeSpan? Wait);
