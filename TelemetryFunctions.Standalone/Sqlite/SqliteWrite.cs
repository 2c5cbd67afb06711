using Microsoft.Data.Sqlite;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>One batch of the port on its way to the writer.</summary>
internal abstract class SqliteWrite(DateTimeOffset? notAfter = null)
{
    // Continuations run elsewhere: the writer must never execute a caller's code.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset? NotAfter { get; } = notAfter;

    public Task Done => _done.Task;

    /// <summary>Rows that it writes or deletes, as far as it is known what there is to delete.</summary>
    public virtual int Rows => 1;

    /// <summary>True where this is one statement, which SQLite makes atomic without a savepoint.</summary>
    public virtual bool IsOneStatement => true;

    /// <summary>True where what this has written is to be taken back, which is no error.</summary>
    public bool IsUndone { get; protected set; }

    /// <summary>True where this is to run between two transactions and not in one.</summary>
    public virtual bool IsAlone => false;

    /// <summary>What to tell the caller once the transaction has ended, where that is not success.</summary>
    public Exception? Error { get; set; }

    public abstract void Execute(SqliteStatementCache statements);

    public void Complete()
    {
        if (Error is null)
            _done.SetResult();
        else
            _done.SetException(Error);
    }
}

internal sealed class UpsertWrite(TableStatements table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter)
    : SqliteWrite(notAfter)
{
    public override int Rows => rows.Count;

    public override bool IsOneStatement => rows.Count == 1;

    public override void Execute(SqliteStatementCache statements)
    {
        var upsert = statements.Get(table.UpsertSql);
        foreach (var row in rows)
        {
            table.Bind(upsert, row, ETags.Next());
            upsert.Execute();
        }
    }
}

internal sealed class ConditionalWrite(TableStatements table, Row row, string? etag) : SqliteWrite
{
    /// <summary>The row's new ETag, or null where another writer came first.</summary>
    public string? NewETag { get; private set; }

    public override void Execute(SqliteStatementCache statements) => NewETag = TryWrite(statements, table, row, etag);

    /// <returns>The row's new ETag, or null where another writer came first.</returns>
    public static string? TryWrite(SqliteStatementCache statements, TableStatements table, Row row, string? etag)
    {
        var next = ETags.Next();
        long old = 0;
        if (etag is not null && !ETags.TryParse(etag, out old))
            return null;

        var write = statements.Get(etag is null ? table.AddSql : table.UpdateSql);
        table.Bind(write, row, next);
        if (etag is not null)
            write.Bind(table.OldETagAt, old);
        return write.Execute() == 1 ? ETags.Format(next) : null;
    }
}

internal sealed class ConditionalBatchWrite(TableStatements table, IReadOnlyList<Row> rows) : SqliteWrite
{
    /// <summary>The rows' new ETags, or null where another writer came first with any of them.</summary>
    public IReadOnlyList<string>? NewETags { get; private set; }

    public override int Rows => rows.Count;

    public override bool IsOneStatement => rows.Count == 1;

    public override void Execute(SqliteStatementCache statements)
    {
        var written = new string[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            if (ConditionalWrite.TryWrite(statements, table, rows[i], rows[i].ETag) is not { } etag)
            {
                IsUndone = true;
                return;
            }

            written[i] = etag;
        }

        NewETags = written;
    }
}

internal sealed class ConditionalEachWrite(TableStatements table, IReadOnlyList<Row> rows) : SqliteWrite
{
    /// <summary>For each row whether it was written; false where another writer came first.</summary>
    public bool[] Written { get; } = new bool[rows.Count];

    public override int Rows => rows.Count;

    public override bool IsOneStatement => rows.Count == 1;

    public override void Execute(SqliteStatementCache statements)
    {
        for (var i = 0; i < rows.Count; i++)
            Written[i] = ConditionalWrite.TryWrite(statements, table, rows[i], rows[i].ETag) is not null;
    }
}

internal sealed class DeleteWrite(TableStatements table, string partition, IReadOnlyList<string> keys) : SqliteWrite
{
    public override int Rows => keys.Count;

    public override bool IsOneStatement => false;

    public override void Execute(SqliteStatementCache statements)
    {
        var delete = statements.Get(table.DeleteSql);
        delete.Bind(1, partition);
        foreach (var key in keys)
        {
            delete.Bind(2, key);
            if (delete.Execute() > 0)
                statements.NoteDeleted(table);
        }
    }
}

internal sealed class ConditionalDeleteWrite(TableStatements table, IReadOnlyList<Row> rows) : SqliteWrite
{
    /// <summary>False where another writer came first with any of the rows.</summary>
    public bool IsDone => !IsUndone;

    public override int Rows => rows.Count;

    public override bool IsOneStatement => false;

    public override void Execute(SqliteStatementCache statements)
    {
        var delete = statements.Get(table.DeleteAsReadSql);
        delete.Bind(1, rows[0].Partition);
        foreach (var row in rows)
        {
            delete.Bind(2, row.Key);
            var isAsRead = ETags.TryParse(row.ETag!, out var etag);
            delete.Bind(3, etag);
            if (!isAsRead || delete.Execute() == 0)
            {
                IsUndone = true;
                return;
            }
        }

        statements.NoteDeleted(table);
    }
}

internal sealed class DeleteSliceWrite(TableStatements table, string partition) : SqliteWrite
{
    /// <summary>Rows of a slice. One of 64 KiB lies on 17 pages, and each is filled with zeros, written and flushed while others wait.</summary>
    public const int MaxRows = 50;

    public int Deleted { get; private set; }

    public override int Rows => Deleted;

    public override bool IsOneStatement => false;

    public override void Execute(SqliteStatementCache statements)
    {
        var delete = statements.Get(table.DeleteSliceSql);
        delete.Bind(1, partition);
        Deleted = delete.Execute();
        if (Deleted > 0)
            statements.NoteDeleted(table);
    }
}

/// <summary>Work that wants the writer's connection for itself.</summary>
internal sealed class AloneWrite<T>(Func<SqliteConnection, T> work) : SqliteWrite
{
    private T? _result;

    public override bool IsAlone => true;

    public T Result => _result!;

    public override void Execute(SqliteStatementCache statements) => _result = work(statements.Connection);
}
