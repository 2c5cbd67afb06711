using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>
/// A prepared statement by SQLite's own interface, for rows that are written and read by the thousand: a command of ADO.NET boxes every value and
/// makes a reader for every row that it writes. Parameters and columns count from 1 and from 0, as they do there.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <param name="connection">Where it runs.</param>
    /// <param name="sql">Its text, which is made of constants of this program.</param>
    /// <exception cref="SqliteException">SQLite does not understand it.</exception>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Takes what is bound away from all parameters.</summary>
    public void Clear() => Check(raw.sqlite3_clear_bindings(_statement));

    public void Bind(int parameter, string text)
    {
        Span<byte> bytes = stackalloc byte[StorageLimits.MaxKeyLength];
        Check(raw.sqlite3_bind_text(
            _statement, parameter, Encoding.UTF8.TryGetBytes(text, bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(text)));
    }

    public void Bind(int parameter, long integer) => Check(raw.sqlite3_bind_int64(_statement, parameter, integer));

    /// <summary>Binds a value of a row.</summary>
    public void Bind(int parameter, in Cell cell)
    {
        switch (cell.Column.Type)
        {
            case ColumnType.Binary:
                Check(raw.sqlite3_bind_blob(_statement, parameter, (byte[])cell.Reference!));
                break;
            case ColumnType.Text:
                Bind(parameter, (string)cell.Reference!);
                break;
            case ColumnType.Number:
                Check(raw.sqlite3_bind_double(_statement, parameter, cell.Number));
                break;
            default:
                Bind(parameter, cell.Bits);
                break;
        }
    }

    /// <summary>Runs a statement that changes rows.</summary>
    /// <returns>Rows changed.</returns>
    public int Execute()
    {
        try
        {
            Step();
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Goes to the next row; false behind the last one.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        Check(result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Ends what it does, so that nobody waits for it; an error is known from <see cref="Step"/> already.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>The bytes of a blob or a text, until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public double Number(int column) => raw.sqlite3_column_double(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
