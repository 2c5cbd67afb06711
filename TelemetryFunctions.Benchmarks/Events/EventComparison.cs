using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Benchmarks.Embedded;
using TelemetryFunctions.Benchmarks.Processes;
using TelemetryFunctions.Events;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Benchmarks.Events;

/// <summary>Events here and on PostgreSQL, each a process of its own behind HTTP: taking in, size, rolling up, reading.</summary>
[SupportedOSPlatform("linux")]
internal static class EventComparison
{
    private const int Reads = 400;

    public static async Task RunAsync(int events)
    {
        var now = DateTimeOffset.UtcNow;
        var batches = EventMix.JsonBatches(events, now.AddDays(-3).AddMinutes(30), now);
        Console.WriteLine($"{events} events of 3 days in batches of {EventMix.BatchEvents}, {batches.Sum(batch => (long)batch.Length) / (double)events:f0} bytes of JSON each, {EventPosts.Connections} connections");
        var query = string.Create(CultureInfo.InvariantCulture, $"/operations/api?from={now.AddDays(-2):yyyy-MM-dd}&to={now:yyyy-MM-dd}");

        Measured here, there;
        double merged;
        var directory = Directory.CreateTempSubdirectory("events-").FullName;
        try
        {
            using (var service = ChildSite.Start(Path.Combine(AppContext.BaseDirectory, "TelemetryFunctions.Standalone.dll"), url => ["--urls", url], new Dictionary<string, string>
            {
                ["Telemetry__DataDirectory"] = directory,
                ["Standalone__FunctionKey"] = ChildSite.Key,
                ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
            }))
                here = await MeasureAsync(service, batches, query);
            here = here with { Bytes = Size(directory) / (double)events };
            merged = await MergeAsync(directory, now.AddDays(12)) / (double)events;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        using (var postgres = PostgresServer.Start())
        {
            using (var site = ChildSite.Start(Path.Combine(AppContext.BaseDirectory, "TelemetryFunctions.Benchmarks.dll"), url => ["events", "postgres-site", postgres.ConnectionString, url]))
                there = await MeasureAsync(site, batches, query);
            there = there with { Bytes = await PostgresSite.SizeAsync(postgres.ConnectionString) / (double)events };
        }

        Print("", "this service", "PostgreSQL", "ratio");
        Print("events/s, stored", here.Stored, there.Stored, here.Stored / there.Stored);
        Print("bytes an event, as sent", here.Bytes, there.Bytes, there.Bytes / here.Bytes);
        Print("bytes an event, merged", merged, there.Bytes, there.Bytes / merged);
        Print("all rollups, s", here.RolledUp, there.RolledUp, there.RolledUp / here.RolledUp);
        Print("all rollups again, s", here.RolledUpAgain, there.RolledUpAgain, there.RolledUpAgain / here.RolledUpAgain);
        Print("first read of a rollup, ms", here.FirstRead, there.FirstRead, there.FirstRead / here.FirstRead);
        Print("reads/s, one after the other", here.Reads, there.Reads, here.Reads / there.Reads);
        Print($"reads/s, {EventPosts.Connections} at once", here.ReadsAtOnce, there.ReadsAtOnce, here.ReadsAtOnce / there.ReadsAtOnce);
    }

    private static async Task<Measured> MeasureAsync(ChildSite site, byte[][] batches, string query)
    {
        var stored = await EventPosts.SendAsync(site, batches);
        var (first, again) = (await TimeAsync(RollUpAsync), await TimeAsync(RollUpAsync));
        var firstRead = await TimeAsync(ReadAsync) * 1e3;
        var reads = Reads / await TimeAsync(async () =>
        {
            for (var i = 0; i < Reads; i++)
                await ReadAsync();
        });
        var readsAtOnce = Reads / await TimeAsync(() =>
            Parallel.ForAsync(0, Reads, new ParallelOptions { MaxDegreeOfParallelism = EventPosts.Connections }, async (_, _) => await ReadAsync()));
        return new Measured(stored, 0, first, again, firstRead, reads, readsAtOnce);

        async Task RollUpAsync() => (await site.Client.PutAsync("/", null)).EnsureSuccessStatusCode();

        async Task ReadAsync() => await site.Client.GetByteArrayAsync(query);
    }

    /// <summary>Merges as the service does when the events are old enough.</summary>
    /// <returns>Bytes of the files then.</returns>
    private static async Task<long> MergeAsync(string directory, DateTimeOffset when)
    {
        await using (var site = await EmbeddedSite.OpenAsync(directory, new MovedClock(when)))
        {
            var watch = Stopwatch.StartNew();
            await site.GetRequiredService<EventMerger>().MergeAsync(when, CancellationToken.None);
            Console.WriteLine($"merged in {watch.Elapsed.TotalSeconds:f1} s");
            await site.GetRequiredService<ITableStore>().PurgeAsync();
        }

        return Size(directory);
    }

    /// <summary>Bytes of a file that has nothing but the events: what PostgreSQL's size is of.</summary>
    private static long Size(string directory)
    {
        var copy = Path.Combine(directory, "events.db");
        File.Copy(Path.Combine(directory, "telemetry.db"), copy);
        using (var connection = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            connection.Open();
            using var tables = connection.CreateCommand();
            tables.CommandText = $"SELECT group_concat('DROP TABLE ' || name, ';') FROM sqlite_master WHERE type = 'table' AND name <> '{EventStore.Table.Name}'";
            using var drop = connection.CreateCommand();
            drop.CommandText = tables.ExecuteScalar() + "; VACUUM";
            drop.ExecuteNonQuery();
            using var all = connection.CreateCommand();
            all.CommandText = $"SELECT sum(length(Data)), count(*) FROM {EventStore.Table.Name}";
            using var sum = all.ExecuteReader();
            sum.Read();
            Console.WriteLine($"{sum.GetInt64(0)} bytes of data in {sum.GetInt64(1)} rows");
        }

        var bytes = new FileInfo(copy).Length;
        File.Delete(copy);
        return bytes;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private static void Print(string figure, params object[] values) =>
        Console.WriteLine($"{figure,-30}" + string.Concat(values.Select(value => value is double number ? $"{number,14:n2}" : $"{value,14}")));

    private sealed record Measured(double Stored, double Bytes, double RolledUp, double RolledUpAgain, double FirstRead, double Reads, double ReadsAtOnce);
}
