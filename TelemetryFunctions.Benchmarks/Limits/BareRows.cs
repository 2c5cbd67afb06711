using System.Diagnostics;
using Microsoft.Data.Sqlite;
using TelemetryFunctions.Benchmarks.Processes;
using TelemetryFunctions.Reports.Schema;

namespace TelemetryFunctions.Benchmarks.Limits;

/// <summary>The least that a store on SQLite does with reports: a loop that inserts the rows of RAW, and one that reads them.</summary>
internal static class BareRows
{
    private const int Bodies = 1_000;
    private const double WarmUpSeconds = 1;
    private const int RowsPerTransaction = 1_000;

    /// <summary>Inserts rows with random ids for some time.</summary>
    /// <param name="directory">Where the file is made.</param>
    /// <param name="rowsPerTransaction">On average.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="format">json or protobuf.</param>
    public static void Insert(string directory, double rowsPerTransaction, double seconds, string format)
    {
        using var connection = Open(Path.Combine(directory, "bare.db"));
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA secure_delete = ON");
        Execute(connection, """
            CREATE TABLE IF NOT EXISTS RAW (partition TEXT NOT NULL, key TEXT NOT NULL, etag INTEGER NOT NULL, Payload BLOB, Format TEXT, ReceivedAt INTEGER,
            PRIMARY KEY (partition, key)) STRICT, WITHOUT ROWID
            """);
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT OR REPLACE INTO RAW VALUES ($partition, $key, $etag, $payload, $format, $at)";
        foreach (var name in (string[])["$partition", "$key", "$etag", "$payload", "$format", "$at"])
            insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        using var commit = connection.CreateCommand();
        commit.CommandText = "COMMIT";

        Func<int, byte[]> body = format == "json" ? BenchmarkReports.Json : BenchmarkReports.Body;
        var bodies = Enumerable.Range(0, Bodies).Select(body).ToArray();
        // Before, because a log that grows is slower to flush than one that is written over.
        Repeat(WarmUpSeconds);
        Figures.Write("rows", Repeat(seconds));

        double Repeat(double time)
        {
            var (rows, owed) = (0L, 0.0);
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < time)
            {
                begin.ExecuteNonQuery();
                for (owed += rowsPerTransaction; owed >= 1; owed--)
                    Bind(insert, bodies[rows++ % Bodies], format).ExecuteNonQuery();
                commit.ExecuteNonQuery();
            }

            return rows / watch.Elapsed.TotalSeconds;
        }
    }

    /// <summary>Reads the keys and payloads of a day of reports, in order.</summary>
    public static void Scan(string directory, DateTimeOffset day)
    {
        using var process = Process.GetCurrentProcess();
        var (used, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        using var connection = Open(Path.Combine(directory, "telemetry.db"));
        using var select = SelectDay(connection, day);
        using var reader = select.ExecuteReader();
        var (rows, bytes) = (0L, 0L);
        while (reader.Read())
        {
            bytes += reader.GetString(0).Length + reader.GetFieldValue<byte[]>(1).Length;
            rows++;
        }

        Figures.Write("rows", rows / watch.Elapsed.TotalSeconds);
        process.Refresh();
        Figures.Write("core", rows / (process.TotalProcessorTime - used).TotalSeconds);
        Figures.Write("bytes", bytes);
    }

    /// <summary>
    /// Does the same, has the protobuf library parse each report, and enters its system in a registry of another file: what a summary can't do without,
    /// before anything is counted.
    /// </summary>
    public static void ParseAndRegister(string directory, DateTimeOffset day, string registryDirectory)
    {
        using var process = Process.GetCurrentProcess();
        var (used, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        using var connection = Open(Path.Combine(directory, "telemetry.db"));
        using var registry = Open(Path.Combine(registryDirectory, "registry.db"));
        Execute(registry, "PRAGMA journal_mode = WAL");
        Execute(registry, "PRAGMA synchronous = FULL");
        Execute(registry, "PRAGMA secure_delete = ON");
        Execute(registry, "CREATE TABLE SYSTEMS (key TEXT NOT NULL PRIMARY KEY, FirstSeen INTEGER, LastSeen INTEGER) STRICT, WITHOUT ROWID");
        using var insert = registry.CreateCommand();
        insert.CommandText = "INSERT OR REPLACE INTO SYSTEMS VALUES ($key, $first, $last)";
        foreach (var name in (string[])["$key", "$first", "$last"])
            insert.Parameters.Add(new SqliteParameter { ParameterName = name, Value = day.Ticks });
        using var select = SelectDay(connection, day);
        using var reader = select.ExecuteReader();
        var (rows, components) = (0L, 0L);
        Execute(registry, "BEGIN");
        while (reader.Read())
        {
            insert.Parameters[0].Value = reader.GetString(0);
            components += Report.Parser.ParseFrom(reader.GetFieldValue<byte[]>(1)).Components.Count;
            insert.ExecuteNonQuery();
            if (++rows % RowsPerTransaction == 0)
                Execute(registry, "COMMIT; BEGIN");
        }

        Execute(registry, "COMMIT");
        process.Refresh();
        Figures.Write("rows", rows / watch.Elapsed.TotalSeconds);
        Figures.Write("core", rows / (process.TotalProcessorTime - used).TotalSeconds);
        Figures.Write("components", components);
    }

    private static SqliteCommand SelectDay(SqliteConnection connection, DateTimeOffset day)
    {
        var select = connection.CreateCommand();
        select.CommandText = "SELECT key, Payload FROM RAW WHERE partition >= $day AND partition < $end ORDER BY partition, key";
        select.Parameters.AddWithValue("$day", $"{day:yyyyMMdd}-");
        select.Parameters.AddWithValue("$end", $"{day:yyyyMMdd}~");
        return select;
    }

    private static SqliteCommand Bind(SqliteCommand insert, byte[] body, string format)
    {
        var id = Guid.NewGuid().ToString("n");
        insert.Parameters[0].Value = $"20261120-{id[0]}";
        insert.Parameters[1].Value = id;
        insert.Parameters[2].Value = Random.Shared.NextInt64();
        insert.Parameters[3].Value = body;
        insert.Parameters[4].Value = format;
        insert.Parameters[5].Value = BenchmarkReports.Day.Ticks;
        return insert;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
