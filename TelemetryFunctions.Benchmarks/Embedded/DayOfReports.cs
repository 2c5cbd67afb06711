using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Sqlite;

namespace TelemetryFunctions.Benchmarks.Embedded;

/// <summary>Two days of reports of the same systems in an embedded store, none of them summarized.</summary>
internal static class DayOfReports
{
    // Many share a transaction, which makes it quick.
    private const int WritesAtOnce = 1_024;

    /// <summary>The second day.</summary>
    public static readonly DateTimeOffset Second = BenchmarkReports.Day.AddDays(1);

    public static async Task FillAsync(string directory, int systems, Func<int, byte[]> body, ReportFormat format)
    {
        await using (var site = await EmbeddedSite.OpenAsync(directory, new MovedClock(BenchmarkReports.Day.AddHours(12))))
        {
            site.GetRequiredService<SqliteTableStore>().FlushesWrites = false;
            var store = site.GetRequiredService<ReportStore>();
            await Parallel.ForAsync(0, systems, new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce }, async (system, token) =>
            {
                var bytes = body(system);
                var (id, _) = ReportParser.Parse(bytes, format);
                await store.StoreAsync(id, bytes, format, null, token);
            });
        }

        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "telemetry.db")};Pooling=False");
        connection.Open();
        using var copy = connection.CreateCommand();
        copy.CommandText = "INSERT INTO RAW (partition, key, etag, Payload, Format, ReceivedAt) SELECT $second || substr(partition, 9), key, etag, Payload, Format, ReceivedAt + $day FROM RAW";
        copy.Parameters.AddWithValue("$second", Second.ToString("yyyyMMdd", null));
        copy.Parameters.AddWithValue("$day", TimeSpan.TicksPerDay);
        copy.ExecuteNonQuery();
    }
}
