using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite.Purging;

/// <summary>Sees to it that what is deleted is soon gone from the files, however often somebody deletes.</summary>
internal sealed partial class SqlitePurger : IAsyncDisposable
{
    // Those who are forgotten in one go share a pass.
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(5);

    // A pass reads the whole file. So who deletes all the time costs a few seconds of reading in so many, and whatever is deleted is gone within the
    // hour that is promised, with time for some tries that fail.
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    // Bounded to one: it matters that there is something, not how much.
    private readonly Channel<bool> _deleted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private Task _current = Task.CompletedTask;
    private Task? _next;

    public SqlitePurger(SqliteFile file, SqliteWriter writer, TimeProvider clock, ILogger logger)
    {
        _file = file;
        _writer = writer;
        _clock = clock;
        _logger = logger;
        writer.Deleted += NoteDeleted;
        if (file.IsPurgePending)
            NoteDeleted();
        _loop = Task.Run(RunByItselfAsync);
    }

    /// <summary>Returns when nothing of what was deleted before is left in the files. All who ask meanwhile wait for one pass.</summary>
    /// <exception cref="StoreUnavailableException">It can't be done now.</exception>
    public Task PurgeAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            _next ??= RunAfterAsync(_current);
            return _next.WaitAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A container that made the store for two of its services disposes it twice.
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        await _loop;
        Task last;
        lock (_lock)
            last = _next ?? _current;
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void NoteDeleted() => _deleted.Writer.TryWrite(true);

    private async Task RunAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
            (_current, _next) = (_next!, null);
        try
        {
            if (await _writer.RunAloneAsync(BeginIfPending) is { } scrub)
                await scrub.RunAsync(_stop.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new StoreUnavailableException("The store is closed.", e);
        }
        catch (Exception e) when (e is not StoreUnavailableException)
        {
            throw _file.Unavailable("purge", e);
        }
    }

    private Scrub? BeginIfPending(SqliteConnection connection) =>
        connection.Scalar("SELECT count(*) FROM purge_pending") > 0 ? new Scrub(_file, _file.OpenPages(connection), _writer) : null;

    private async Task RunByItselfAsync()
    {
        try
        {
            while (true)
            {
                await _deleted.Reader.ReadAsync(_stop.Token);
                await Task.Delay(Gathering, _clock, _stop.Token);
                await TryPurgeAsync();
                await Task.Delay(Rest, _clock, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The store is closed. What is left to be done is noted in it.
        }
    }

    private async Task TryPurgeAsync()
    {
        try
        {
            await PurgeAsync(_stop.Token);
        }
        catch (StoreUnavailableException e)
        {
            if (!_stop.IsCancellationRequested)
                Log.NotPurged(_logger, Rest, e.Message);
            NoteDeleted();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What is left in the store's files of removed rows could not be wiped out now, and is tried again in {Rest}: {Reason}")]
        public static partial void NotPurged(ILogger logger, TimeSpan rest, string reason);
    }
}
