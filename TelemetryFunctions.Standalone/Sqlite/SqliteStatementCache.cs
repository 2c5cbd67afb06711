using Microsoft.Data.Sqlite;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>A connection and the statements prepared on it. One thread at a time uses it.</summary>
internal sealed class SqliteStatementCache(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    public SqliteConnection Connection => connection;

    /// <summary>How often personal rows were deleted.</summary>
    public long Deletions { get; private set; }

    public SqliteStatement Get(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements[sql] = statement = new SqliteStatement(connection, sql);
        return statement;
    }

    /// <summary>
    /// Notes, in the transaction that deletes, that personal rows are to be purged: should the process be killed
    /// before it gets there, the next purge still knows.
    /// </summary>
    public void NoteDeleted(TableStatements table)
    {
        if (!table.IsPersonal)
            return;

        Deletions++;
        Get("INSERT INTO purge_pending SELECT datetime('now') WHERE NOT EXISTS (SELECT 1 FROM purge_pending)").Execute();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        connection.Dispose();
    }
}
