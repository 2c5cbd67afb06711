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
    private readonly TimeProvider _clock;
    private readonly Task _loop;
    private volatile bool _flushesCommits = true;
    private bool _isFlushing = true;

    public SqliteWriter(SqliteFile file, SqliteConnection connection, TimeProvider clock)
    {
        _file = file;
        _statements = new SqliteStatementCache(connection);
        _clock = clock;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>True where each transaction is on disk when its callers are told; false where only checkpoints are.</summary>
    public bool FlushesCommits
    {
        get => _flushesCommits;
        set => _flushesCommits = value;
    }

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

    /// <summary>Returns when nothing of what was deleted before is left in the files.</summary>
    public Task PurgeAsync(CancellationToken cancellation) => WriteAsync(new PurgeWrite(), cancellation);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _statements.Dispose();
    }

    private async Task RunAsync()
    {
        var group = new List<SqliteWrite>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (group.Count < MaxWritesPerTransaction && _queue.Reader.TryRead(out var write))
                group.Add(write);

            Commit(group);
            foreach (var write in group.Where(write => write is not PurgeWrite))
                write.Complete();

            // Last, because it takes its time, and once for all who asked.
            var purges = group.FindAll(write => write is PurgeWrite);
            if (purges.Count > 0)
                Purge(purges);
            group.Clear();
        }
    }

    private void Commit(List<SqliteWrite> group)
    {
        try
        {
            SetFlushing();
            _statements.Get("BEGIN IMMEDIATE").ExecuteNonQuery();
            foreach (var write in group)
                Execute(write);
            _statements.Get("COMMIT").ExecuteNonQuery();

            // Last, because what was written before that is in the file where it was written.
            _file.ThrowIfMoved(_statements.Connection);
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
        if (FlushesCommits is var flushes && flushes == _isFlushing)
            return;
        _statements.Connection.Execute(flushes ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        _statements.Connection.Execute(flushes ? "PRAGMA wal_autocheckpoint = 1000" : "PRAGMA wal_autocheckpoint = 16000");
        _isFlushing = flushes;
    }

    private void RollBack()
    {
        try
        {
            if (InTransaction)
                _statements.Get("ROLLBACK").ExecuteNonQuery();
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
            _statements.Get("SAVEPOINT one").ExecuteNonQuery();
        try
        {
            write.Execute(_statements);
        }
        catch (Exception e) when (InTransaction)
        {
            // Only this batch failed. Where SQLite has given up the whole transaction, all of the group has.
            write.Error = e is SqliteException ? Unavailable(e) : e;
            if (!write.IsOneStatement)
                _statements.Get("ROLLBACK TO one").ExecuteNonQuery();
        }

        if (!write.IsOneStatement)
            _statements.Get("RELEASE one").ExecuteNonQuery();
    }

    private void Purge(List<SqliteWrite> purges)
    {
        var error = TryPurge();
        foreach (var purge in purges)
        {
            purge.Error ??= error;
            purge.Complete();
        }
    }

    /// <remarks>
    /// <c>secure_delete</c> zeroes what a deleted row occupied, but not copies of it that SQLite left in the unused
    /// middle of pages when it split them, a few rows in a thousand. VACUUM writes every page anew; the
    /// checkpoint then empties the log, which held the old ones.
    /// </remarks>
    private StoreUnavailableException? TryPurge()
    {
        try
        {
            if (_statements.Connection.Scalar("SELECT count(*) FROM purge_pending") == 0)
                return null;

            // Also where VACUUM fails for lack of space: this alone takes nearly all there is, and gives some space back.
            var error = TryVacuum();
            if (_statements.Connection.Scalar("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
                return error ?? new StoreUnavailableException("A reader held the log of deleted rows open; purge again.");
            if (error is null)
                _statements.Connection.Execute("DELETE FROM purge_pending");
            return error;
        }
        catch (Exception e)
        {
            return Unavailable(e);
        }
    }

    private StoreUnavailableException? TryVacuum()
    {
        try
        {
            // What was vacuumed once need not be again, should only the log not have been emptied.
            if (_statements.MayHoldDeleted)
                _statements.Connection.Execute("VACUUM");
            _statements.MayHoldDeleted = false;
            return null;
        }
        catch (SqliteException e)
        {
            return Unavailable(e);
        }
    }

    private StoreUnavailableException Unavailable(Exception e) => _file.Unavailable("write", e);

    /// <summary>Asks for a purge; being in the queue, it comes after every delete before it.</summary>
    private sealed class PurgeWrite : SqliteWrite
    {
        public override void Execute(SqliteStatementCache statements)
        {
        }
    }
}
