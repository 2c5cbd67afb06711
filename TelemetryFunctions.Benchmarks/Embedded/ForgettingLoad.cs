using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Benchmarks.Embedded;

/// <summary>What those who report notice of others who have themselves forgotten, on a store of a given size.</summary>
internal static class ForgettingLoad
{
    private const int Days = 60;
    private const int BytesPerReport = 280;
    private const int Posters = 16;
    private const int Deleters = 8;
    private const int Bodies = 20_000;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(string directory, int megabytes)
    {
        var systems = (int)(megabytes * 1e6 / BytesPerReport / Days);
        var clock = new MovedClock(BenchmarkReports.Day.AddDays(-Days));
        await using var site = await EmbeddedSite.OpenAsync(directory, clock);
        if (new FileInfo(Path.Combine(directory, "telemetry.db")).Length < megabytes * 500_000L)
            await FillAsync(site, clock, systems);
        else
            clock.Advance(TimeSpan.FromDays(Days));

        var size = new DirectoryInfo(directory).EnumerateFiles().Sum(file => file.Length);
        Console.WriteLine($"{size / 1e6:f0} MB of files, {systems} systems on each of {Days} days");

        // Others than those that are there.
        var bodies = Enumerable.Range(systems, Bodies).Select(BenchmarkReports.Body).ToList();
        await MeasureAsync(site, bodies, "nobody is forgotten", () => Task.Delay(Span));

        var forgotten = 0;
        var watch = Stopwatch.StartNew();
        await MeasureAsync(site, bodies, $"{Deleters} clients have systems forgotten", () => Task.WhenAll(Enumerable.Range(0, Deleters).Select(async _ =>
        {
            while (watch.Elapsed < 2 * Span && Interlocked.Increment(ref forgotten) is var system && system < systems)
                await ForgetAsync(site, system);
        })));
        Console.WriteLine($"  {forgotten / watch.Elapsed.TotalSeconds:f0} systems forgotten a second");

        await MeasureAsync(site, bodies, "a purge", async () =>
        {
            await ForgetAsync(site, 0);
            var purge = Stopwatch.StartNew();
            await site.GetRequiredService<ITableStore>().PurgeAsync();
            Console.WriteLine($"  purged in {purge.Elapsed.TotalSeconds:f2} s");
        });
    }

    private static async Task FillAsync(ServiceProvider site, MovedClock clock, int systems)
    {
        var store = site.GetRequiredService<SqliteTableStore>();
        store.FlushesWrites = false;
        var receiver = site.GetRequiredService<ReportReceiver>();
        for (var day = 0; day < Days; day++)
        {
            await Parallel.ForAsync(
                0,
                systems,
                new ParallelOptions { MaxDegreeOfParallelism = 256 },
                async (system, token) => await receiver.ReceiveAsync(BenchmarkReports.Body(system), ReportFormat.Protobuf, token));
            clock.Advance(TimeSpan.FromDays(1));
        }

        store.FlushesWrites = true;
    }

    private static async Task ForgetAsync(ServiceProvider site, int system)
    {
        var (id, _) = ReportParser.Parse(BenchmarkReports.Body(system), ReportFormat.Protobuf);
        await site.GetRequiredService<SystemForgetter>().ForgetAsync(id, CancellationToken.None);
    }

    /// <summary>Posts while <paramref name="meanwhile"/> goes on, and says how that went.</summary>
    private static async Task MeasureAsync(ServiceProvider site, List<byte[]> bodies, string what, Func<Task> meanwhile)
    {
        var receiver = site.GetRequiredService<ReportReceiver>();
        var waits = new ConcurrentBag<List<double>>();
        using var stop = new CancellationTokenSource();
        var next = 0;
        var watch = Stopwatch.StartNew();
        var posters = Enumerable.Range(0, Posters).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (!stop.IsCancellationRequested)
            {
                var body = bodies[Interlocked.Increment(ref next) % bodies.Count];
                var start = Stopwatch.GetTimestamp();
                await receiver.ReceiveAsync(body, ReportFormat.Protobuf, CancellationToken.None);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            waits.Add(own);
        })).ToList();
        await meanwhile();
        var elapsed = watch.Elapsed;
        await stop.CancelAsync();
        await Task.WhenAll(posters);

        var all = waits.SelectMany(own => own).Order().ToList();
        Console.WriteLine($"{what}: {all.Count / elapsed.TotalSeconds:f0} posts/s, median {all[all.Count / 2]:f1} ms, 99 % {all[all.Count * 99 / 100]:f1} ms, 99.9 % {all[all.Count * 999 / 1000]:f1} ms, longest {all[^1]:f0} ms");
    }
}
