using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TelemetryFunctions.Client.Http;

namespace TelemetryFunctions.Client.Reports;

/// <summary>
/// Sends a report once a day, at a minute that the system drew once. A day on which that fails is lost, the next is not; nothing that goes
/// wrong reaches the host. <c>AddTelemetryReport</c> makes it and runs it.
/// </summary>
public sealed partial class DailyReporter : IDailyReport, IDisposable
{
    /// <summary>Timers stand still while a machine sleeps: the clock is looked at so often.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>So often the staging folder is looked at while a report waits there.</summary>
    private static readonly TimeSpan StagingWait = TimeSpan.FromMinutes(1);

    /// <summary>After a store or a folder that fails.</summary>
    private static readonly TimeSpan FailureWait = TimeSpan.FromHours(1);

    private readonly TelemetryReportOptions _options;
    private readonly IReportSource _source;
    private readonly ISystemStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly string? _optOut;
    private readonly HttpClient _http;
    private readonly ReportPost _post;
    private readonly StagingFolder? _staging;
    private bool _isAnnounced;
    private bool _isShown;
    private bool _hasFailed;

    /// <param name="options">Where reports go; must not be changed any more.</param>
    /// <param name="source">What the product says of itself.</param>
    /// <param name="store">Where the system's id is kept.</param>
    /// <param name="logger">Where it says what it does; null for nowhere.</param>
    /// <param name="clock">Tells the time; null for the system's.</param>
    /// <param name="configuration">Where <c>DO_NOT_TRACK</c> may stand besides the environment; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option can't be used; the message says which and why.</exception>
    public DailyReporter(
        TelemetryReportOptions options, IReportSource source, ISystemStore store,
        ILogger<DailyReporter>? logger = null, TimeProvider? clock = null, IConfiguration? configuration = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindErrors(hasStore: true).FirstOrDefault() is { } error)
            throw new ArgumentException(error, nameof(options));

        _options = options;
        _source = source;
        _store = store;
        _clock = clock ?? TimeProvider.System;
        _logger = logger ?? NullLogger<DailyReporter>.Instance;
        _optOut = OptOut.Find(options, configuration);
        _http = SiteHttp.CreateClient(options.CreateHandler);
        _post = new ReportPost(_http, options, _clock, _logger);
        _staging = options.StagingDirectory is { } directory ? new StagingFolder(directory, options.StagingDelay) : null;
    }

    /// <inheritdoc />
    public async Task<string> PreviewAsync(CancellationToken cancellation)
    {
        var state = _options.Enabled ? await _store.FindAsync(cancellation) : null;
        return await ReportPayload.BuildAsync(_source, state?.SystemId ?? Guid.Empty, cancellation);
    }

    /// <summary>Reports every day until it is cancelled. Does not throw. Where reports are turned off, it says so and returns.</summary>
    /// <param name="cancellation">The end.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (_optOut is not null)
        {
            Log.Off(_logger, _optOut);
            return;
        }

        while (!cancellation.IsCancellationRequested)
        {
            var wait = FailureWait;
            try
            {
                wait = await RunOnceAsync(cancellation);
                _hasFailed = false;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // Said once until it works again: a file system that is read-only stays so.
                if (!_hasFailed)
                    Log.Failed(_logger, e.Message);
                _hasFailed = true;
            }
            catch (Exception)
            {
                return;
            }

            await Task.Delay(wait, _clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Does what is due, and tells how long to wait for what is next.</summary>
    private async Task<TimeSpan> RunOnceAsync(CancellationToken cancellation)
    {
        var state = await FindOrCreateAsync(cancellation);
        var next = ReportSchedule.NextAt(state, _clock.GetUtcNow(), _options.FirstReportDelay);
        if (!_isAnnounced)
            Announce(state, next);
        if (next <= _clock.GetUtcNow())
        {
            // First the day is taken: of several nodes one does, and a crash in between costs a report and doubles none.
            var claimed = state with { ClaimedDay = ReportSchedule.Day(_clock.GetUtcNow()) };
            if (!await _store.TryReplaceAsync(state, claimed, cancellation))
                return StagingWait;
            await ReportAsync(claimed, cancellation);
            next = ReportSchedule.NextAt(claimed, _clock.GetUtcNow(), _options.FirstReportDelay);
        }

        await ReleaseAsync(state, cancellation);
        var longest = _staging?.IsAnyWaiting is true ? StagingWait : LongestWait;
        var wait = next - _clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < longest ? wait : longest;
    }

    private async Task<SystemState> FindOrCreateAsync(CancellationToken cancellation)
    {
        if (await _store.FindAsync(cancellation) is { } known)
            return known;
        // Of nodes that start at the same time one makes the system, and the others find it.
        await _store.TryReplaceAsync(null, SystemState.Create(_clock.GetUtcNow()), cancellation);
        return await _store.FindAsync(cancellation) ?? throw new InvalidOperationException("The store did not keep the system's id.");
    }

    private async Task ReportAsync(SystemState state, CancellationToken cancellation)
    {
        string payload;
        try
        {
            payload = await ReportPayload.BuildAsync(_source, state.SystemId, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.SourceFailed(_logger, e);
            return;
        }

        if (!_isShown)
            Log.Payload(_logger, payload);
        _isShown = true;
        if (_staging is null)
            await _post.SendAsync(payload, state.Key, cancellation);
        else
            _staging.Add(payload, _clock.GetUtcNow());
    }

    private async Task ReleaseAsync(SystemState state, CancellationToken cancellation)
    {
        if (_staging?.FindDue(_clock.GetUtcNow()) is { } staged)
            _staging.Done(staged, await _post.SendAsync(staged.Payload, state.Key, cancellation));
    }

    private void Announce(SystemState state, DateTimeOffset next)
    {
        Log.On(_logger, _options.Endpoint!, state.SystemId, next.UtcDateTime, _options.TurnOff is { } own ? $"{own}, or DO_NOT_TRACK=1" : "DO_NOT_TRACK=1 in the environment");
        _isAnnounced = true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A daily usage report goes to {Site}: system {System}, next at {Next:yyyy-MM-dd HH:mm} UTC. To turn it off: {TurnOff}")]
        public static partial void On(ILogger logger, Uri site, Guid system, DateTime next, string turnOff);

        [LoggerMessage(2, LogLevel.Information, "Daily usage reports are turned off {How}")]
        public static partial void Off(ILogger logger, string how);

        [LoggerMessage(3, LogLevel.Information, "The daily usage report, exactly as it is sent: {Payload}")]
        public static partial void Payload(ILogger logger, string payload);

        [LoggerMessage(4, LogLevel.Warning, "There is no usage report today: the product could not say what is in it")]
        public static partial void SourceFailed(ILogger logger, Exception exception);

        [LoggerMessage(5, LogLevel.Warning, "Usage reports wait until what they need to keep can be read and written: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
