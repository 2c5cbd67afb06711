using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TelemetryFunctions.Standalone.Sqlite;

/// <summary>Connections that read, each with the statements that were prepared on it: to prepare one takes longer than to read a row.</summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private readonly ConcurrentBag<SqliteStatementCache> _idle = [];

    /// <exception cref="Storage.StoreUnavailableException">SQLite can't read.</exception>
    public T Read<T>(Func<SqliteStatementCache, T> read)
    {
        SqliteStatementCache? reader = null;
        try
        {
            if (!_idle.TryTake(out reader))
                reader = new SqliteStatementCache(file.OpenReader());
            var result = read(reader);
            _idle.Add(reader);
            return result;
        }
        catch (SqliteException e)
        {
            // Whatever is wrong with it must not be found by the next one.
            reader?.Dispose();
            throw file.Unavailable("read", e);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
            reader.Dispose();
    }
}
