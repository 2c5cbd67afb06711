using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>
/// The one writer of the file. Whatever has come in while a transaction was being committed leaves together in the
/// next one (group commit): no delay when idle, one flush of the disk for many callers under load.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxQueued = 8192;
    private const int MaxWritesPerTransaction = 1024;

    private readonly Channel<SqliteWrite> _queue = Channel.CreateBounded<SqliteWrite>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true });

    private readonly SqliteFile _file;
    private readonly SqliteStatementCache _statements;

    // A command of ADO.NET, which tries for half a minute where somebody from outside writes the file.
    private readonly SqliteCommand _begin;
    private readonly TimeProvider _clock;
    private readonly StoreMeter? _meter;
    private readonly Task _loop;
    private volatile bool _flushesCommits = true;
    private volatile bool _keepsLog;
    private readonly Checkpoints _checkpoints;
    private bool _flushes = true;
    private long _toldDeletions;

    public SqliteWriter(SqliteFile file, SqliteConnection connection, TimeProvider clock, StoreMeter? meter)
    {
        _file = file;
        _statements = new SqliteStatementCache(connection);
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _checkpoints = new Checkpoints(file, connection);
        _clock = clock;
        _meter = meter;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>True where each transaction is on disk when its callers are told; false where only checkpoints are.</summary>
    public bool FlushesCommits
    {
        get => _flushesCommits;
        set => _flushesCommits = value;
    }

    /// <summary>True while somebody else copies the log into the file, from <see cref="RunAloneAsync"/>, and wants to see all of it before.</summary>
    public bool KeepsLog
    {
        get => _keepsLog;
        set => _keepsLog = value;
    }

    /// <summary>How often personal rows were deleted. It is exact in <see cref="RunAloneAsync"/>.</summary>
    public long Deletions => _statements.Deletions;

    /// <summary>Personal rows were deleted. Raised on the writer's thread.</summary>
    public event Action? Deleted;

    /// <summary>Returns when the write is on disk, see <see cref="FlushesCommits"/>.</summary>
    public async Task WriteAsync(SqliteWrite write, CancellationToken cancellation)
    {
        try
        {
            await _queue.Writer.WriteAsync(write, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException("The store is closed.", e);
        }

        await write.Done.WaitAsync(cancellation);
    }

    /// <summary>Does some work on the connection that writes, between two transactions, after all writes that were asked for before.</summary>
    public async Task<T> RunAloneAsync<T>(Func<SqliteConnection, T> work)
    {
        var alone = new AloneWrite<T>(work);

        // Nobody may go on, and take away what the work uses, while it runs.
        await WriteAsync(alone, CancellationToken.None);
        return alone.Result;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _checkpoints.Dispose();
        _begin.Dispose();
        _statements.Dispose();
    }

    private async Task RunAsync()
    {
        var group = new List<SqliteWrite>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (group.Count < MaxWritesPerTransaction && _queue.Reader.TryRead(out var write))
                group.Add(write);

            var alone = group.FindAll(write => write.IsAlone);
            group.RemoveAll(write => write.IsAlone);
            if (group.Count > 0)
                Commit(group);
            foreach (var write in group)
                write.Complete();
            TellOfDeletions();
            if (!KeepsLog)
                _checkpoints.Continue();
            foreach (var write in alone)
                RunAlone(write);
            group.Clear();
        }
    }

    private void Commit(List<SqliteWrite> group)
    {
        try
        {
            SetFlushing();
            _begin.ExecuteNonQuery();
            foreach (var write in group)
                Execute(write);
            _statements.Get("COMMIT").Execute();

            // Last, because what was written before that is in the file where it was written.
            _file.ThrowIfMoved(_statements.Connection);
            if (group.Sum(write => write.Rows) is var rows and > 0)
                _meter?.Committed(rows);
        }
        catch (Exception e)
        {
            foreach (var write in group)
                write.Error ??= Unavailable(e);
            RollBack();
        }
    }

    /// <remarks>
    /// Where commits are not flushed, checkpoints are, and they come rarely. The first transaction that is flushed again takes those
    /// before it to the disk as well: they are in the same log.
    /// </remarks>
    private void SetFlushing()
    {
        if (FlushesCommits == _flushes)
            return;
        _flushes = FlushesCommits;
        _statements.Connection.Execute(_flushes ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    }

    private void RollBack()
    {
        try
        {
            if (InTransaction)
                _statements.Get("ROLLBACK").Execute();
        }
        catch (SqliteException)
        {
            // The next transaction can't begin then, and its callers are told.
        }
    }

    private bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(_statements.Connection.Handle) == 0;

    private void Execute(SqliteWrite write)
    {
        if (_clock.GetUtcNow() >= write.NotAfter)
        {
            write.Error = new WriteExpiredException(write.NotAfter.Value);
            return;
        }

        if (!write.IsOneStatement)
            _statements.Get("SAVEPOINT one").Execute();
        try
        {
            write.Execute(_statements);
            if (write is { IsUndone: true, IsOneStatement: false })
                _statements.Get("ROLLBACK TO one").Execute();
        }
        catch (Exception e) when (InTransaction)
        {
            // Only this batch failed. Where SQLite has given up the whole transaction, all of the group has.
            write.Error = e is SqliteException ? Unavailable(e) : e;
            if (!write.IsOneStatement)
                _statements.Get("ROLLBACK TO one").Execute();
        }

        if (!write.IsOneStatement)
            _statements.Get("RELEASE one").Execute();
    }

    private void RunAlone(SqliteWrite write)
    {
        try
        {
            write.Execute(_statements);
        }
        catch (Exception e)
        {
            write.Error = Unavailable(e);
        }

        write.Complete();
    }

    private void TellOfDeletions()
    {
        if (_statements.Deletions == _toldDeletions)
            return;
        _toldDeletions = _statements.Deletions;
        Deleted?.Invoke();
    }

    private StoreUnavailableException Unavailable(Exception e) => _file.Unavailable("write", e);
}
