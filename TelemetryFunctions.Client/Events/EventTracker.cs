using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TelemetryFunctions.Client.Http;

namespace TelemetryFunctions.Client.Events;

/// <summary>
/// Sends events in batches, in the background. One for a process; <c>AddTelemetryEvents</c> makes it. Its disposal sends what is there,
/// within <see cref="TelemetryEventsOptions.ShutdownTimeout"/>.
/// </summary>
public sealed partial class EventTracker : IEventTracker, IAsyncDisposable, IDisposable
{
    private readonly TelemetryEventsOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly EventMeter _meter;
    private readonly EventQueue _queue;
    private readonly EventSender? _sender;
    private readonly HttpClient? _http;
    private readonly ITimer? _flushes;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _deadline = new();
    private readonly Task _sending = Task.CompletedTask;
    private readonly Lazy<Task> _disposal;

    /// <param name="options">Where events go; must not be changed any more.</param>
    /// <param name="logger">Where it says what it does; null for nowhere.</param>
    /// <param name="clock">Tells the time; null for the system's.</param>
    /// <param name="meters">Makes the meter <c>TelemetryFunctions.Client.Events</c>; null for one of its own.</param>
    /// <exception cref="ArgumentException">An option can't be used; the message says which and why.</exception>
    public EventTracker(TelemetryEventsOptions options, ILogger<EventTracker>? logger = null, TimeProvider? clock = null, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindErrors().FirstOrDefault() is { } error)
            throw new ArgumentException(error, nameof(options));

        _options = options;
        _clock = clock ?? TimeProvider.System;
        _logger = logger ?? NullLogger<EventTracker>.Instance;
        _meter = new EventMeter(meters);
        _queue = new EventQueue(options.Capacity, options.BatchSize, () => _meter.Dropped(1));
        _disposal = new Lazy<Task>(Close);
        if (!options.Enabled)
            return;

        _http = SiteHttp.CreateClient(options.CreateHandler);
        _sender = new EventSender(new EventPost(_http, options, _clock), options, _meter, _clock, _logger);
        // What is sent belongs to none of the host's requests, and must not keep what these carry.
        using (ExecutionContext.SuppressFlow())
        {
            _flushes = _clock.CreateTimer(_ => _queue.Flush(), null, options.FlushInterval, options.FlushInterval);
            _sending = Task.Run(() => SendAllAsync(_sender));
        }
    }

    /// <inheritdoc />
    public void Track(Event @event)
    {
        if (_sender is null)
            return;
        if (@event is null || !_queue.TryAdd(new TrackedEvent(@event, _clock.GetUtcNow())))
            _meter.Dropped(1);
    }

    /// <summary>Sends what is there, and returns at the deadline at the latest. What is tracked after it is dropped.</summary>
    public ValueTask DisposeAsync() => new(_disposal.Value);

    /// <inheritdoc cref="DisposeAsync" />
    public void Dispose() => _disposal.Value.GetAwaiter().GetResult();

    private async Task SendAllAsync(EventSender sender)
    {
        var isLast = false;
        while (!isLast)
        {
            (var left, isLast) = await _queue.WaitAsync();
            try
            {
                while (!_deadline.IsCancellationRequested && _queue.Take(left) is { Count: > 0 } batch)
                {
                    await sender.SendAsync(batch, _closing.Token, _deadline.Token);
                    sender.LogDropped();
                    left -= batch.Count;
                }
            }
            catch (Exception e)
            {
                // Not foreseen, and no reason to send nothing ever again.
                Log.Unforeseen(_logger, e);
            }
        }
    }

    private Task Close()
    {
        var deadline = _clock.CreateTimer(_ => _deadline.Cancel(), null, _options.ShutdownTimeout, Timeout.InfiniteTimeSpan);
        // On no thread of the host's: one that waits for it could be the one that it waits for.
        return Task.Run(() => CloseAsync(deadline));
    }

    private async Task CloseAsync(ITimer deadline)
    {
        _flushes?.Dispose();
        await _closing.CancelAsync();
        _queue.Close();
        await _sending;
        await deadline.DisposeAsync();

        // What the deadline left behind.
        _meter.Dropped(_queue.Count);
        _sender?.LogDropped();
        _http?.Dispose();
        _meter.Dispose();
        _closing.Dispose();
        _deadline.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(8, LogLevel.Error, "Events could not be sent")]
        public static partial void Unforeseen(ILogger logger, Exception exception);
    }
}
