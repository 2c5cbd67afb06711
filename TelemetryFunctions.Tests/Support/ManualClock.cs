namespace TelemetryFunctions.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it. Timers, and so <c>Task.Delay(…, clock)</c>, fire in order while
/// <see cref="Advance"/> moves it past them. Safe for use by many threads; only one at a time may move it.
/// </summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private DateTimeOffset _now = start.ToUniversalTime();
    private TimeSpan _elapsed;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return _elapsed.Ticks;
    }

    /// <summary>Lets time pass. What waits for a timer goes on inside this call, as far as it is synchronous.</summary>
    public void Advance(TimeSpan span)
    {
        // With a test's synchronization context in place the waiting code would go on only some time later.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var end = Elapsed() + span;
            while (TakeDue(end) is { } timer)
                timer.Fire();
            lock (_lock)
                Move(end);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Lets time pass until the clock shows <paramref name="time"/>.</summary>
    public void AdvanceTo(DateTimeOffset time) => Advance(time - GetUtcNow());

    /// <summary>
    /// Sets the clock, forwards or backwards, without time passing: no timer fires, as when a machine was suspended
    /// or its clock was put right.
    /// </summary>
    public void SetUtcNow(DateTimeOffset time)
    {
        lock (_lock)
            _now = time.ToUniversalTime();
    }

    /// <summary>Waits, in real time, until at least <paramref name="count"/> timers are set.</summary>
    public Task UntilTimersAsync(int count)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            NotifyWaiters();
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private TimeSpan Elapsed()
    {
        lock (_lock)
            return _elapsed;
    }

    private void Move(TimeSpan elapsed)
    {
        if (elapsed <= _elapsed)
            return;
        _now += elapsed - _elapsed;
        _elapsed = elapsed;
    }

    /// <summary>Moves on to the first timer due until <paramref name="end"/>; null where there is none.</summary>
    private ManualTimer? TakeDue(TimeSpan end)
    {
        lock (_lock)
        {
            var timer = _timers.MinBy(timer => timer.Due);
            if (timer is null || timer.Due > end)
                return null;

            Move(timer.Due);
            if (timer.Period > TimeSpan.Zero)
                timer.Due += timer.Period;
            else
                _timers.Remove(timer);
            return timer;
        }
    }

    private bool Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (timer.IsDisposed)
                return false;
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;

            timer.Due = _elapsed + dueTime;
            timer.Period = period;
            _timers.Add(timer);
            NotifyWaiters();
        }

        // As with the system's timers, what is due at once doesn't wait for time to pass.
        if (dueTime == TimeSpan.Zero)
            ThreadPool.QueueUserWorkItem(_ => Advance(TimeSpan.Zero));
        return true;
    }

    private void Dispose(ManualTimer timer)
    {
        lock (_lock)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private void NotifyWaiters()
    {
        foreach (var waiter in _waiters.Where(waiter => _timers.Count >= waiter.Count))
            waiter.Reached.TrySetResult();
        _waiters.RemoveAll(waiter => waiter.Reached.Task.IsCompleted);
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; set; }

        public bool IsDisposed { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Set(this, dueTime, period);

        public void Dispose() => clock.Dispose(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
