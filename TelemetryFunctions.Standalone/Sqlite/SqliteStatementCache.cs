using Microsoft.Data.Sqlite;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>A connection and the commands prepared on it. One thread at a time uses it.</summary>
internal sealed class SqliteStatementCache(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public SqliteConnection Connection => connection;

    /// <summary>How often personal rows were deleted.</summary>
    public long Deletions { get; private set; }

    /// <summary>A command that takes a row of <paramref name="table"/> and then <paramref name="more"/>.</summary>
    public SqliteCommand Get(TableStatements table, string sql, params ReadOnlySpan<string> more)
    {
        if (_commands.TryGetValue(sql, out var command))
            return command;

        command = table.PrepareRow(connection, sql);
        foreach (var parameter in more)
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        return _commands[sql] = command;
    }

    public SqliteCommand Get(string sql, params ReadOnlySpan<string> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
            _commands[sql] = command = connection.Prepare(sql, parameters);
        return command;
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
        Get("INSERT INTO purge_pending SELECT datetime('now') WHERE NOT EXISTS (SELECT 1 FROM purge_pending)").ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        connection.Dispose();
    }
}
