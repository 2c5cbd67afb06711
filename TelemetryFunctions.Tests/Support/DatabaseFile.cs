using Microsoft.Data.Sqlite;

namespace TelemetryFunctions.Tests.Support;

/// <summary>Looks into a database, and changes it, beside the store that has it.</summary>
internal static class DatabaseFile
{
    /// <summary>Runs SQL by a connection of its own.</summary>
    /// <returns>The first value of what it gives; null where it gives nothing.</returns>
    public static object? Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection.Run(sql);
    }

    /// <summary>Runs SQL.</summary>
    /// <returns>The first value of what it gives; null where it gives nothing.</returns>
    public static object? Run(this SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The SQL is the test's.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        return command.ExecuteScalar();
    }
}
