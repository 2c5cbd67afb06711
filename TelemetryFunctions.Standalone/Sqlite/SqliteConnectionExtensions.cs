using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TelemetryFunctions.Standalone.Sqlite;

internal static class SqliteConnectionExtensions
{
    /// <summary>Runs a statement whose text is a constant of this program.</summary>
    public static int Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        return command.ExecuteNonQuery();
    }

    /// <summary>The whole number that a statement's first row starts with.</summary>
    public static long Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Begins to read one state of the file, until <see cref="EndReading"/>.</summary>
    public static void BeginReading(this SqliteConnection connection)
    {
        connection.Execute("BEGIN");

        // SQLite begins when there is something to be read.
        connection.Scalar("SELECT count(*) FROM sqlite_schema");
    }

    public static void EndReading(this SqliteConnection connection)
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            connection.Execute("COMMIT");
    }

    /// <summary>A command for a statement whose text is a constant of this program.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of constants: table and column names of this program.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
