using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Benchmarks.AzureTables;

/// <summary>Posts a day of reports to the whole service, and tells how they reached the table service.</summary>
internal static class IngestLoad
{
    private const int Writers = 64;
    private const int Alone = 200;

    public static async Task RunAsync(int reports)
    {
        var log = new RequestLog();
        var clock = new MovedClock(BenchmarkReports.Day.AddHours(12));
        var builder = StandaloneHost.CreateBuilder("--urls=http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddTelemetry();
        builder.Services.AddSingleton<ITableStore>(services => TableService.Open(services.GetServices<TableSchema>(), clock, log));
        await using var host = builder.BuildHost(typeof(TelemetryServices).Assembly.GetTypes());
        await host.OpenStoreAsync();
        await host.StartAsync();

        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await PostAsync(client, log, "one at a time", writers: 1, 0, Math.Min(Alone, reports));
        await PostAsync(client, log, $"{Writers} at a time", Writers, Math.Min(Alone, reports), reports);
        await host.StopAsync();
    }

    private static async Task PostAsync(HttpClient client, RequestLog log, string name, int writers, int from, int to)
    {
        log.Clear();
        var times = new double[to - from];
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = writers }, async (system, cancellation) =>
        {
            using var body = new ByteArrayContent(BenchmarkReports.Body(system));
            var start = Stopwatch.GetTimestamp();
            using var response = await client.PostAsync("/", body, cancellation);
            times[system - from] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            response.EnsureSuccessStatusCode();
        });
        watch.Stop();

        Array.Sort(times);
        Console.WriteLine(
            $"{name}: {times.Length} reports in {watch.Elapsed.TotalSeconds:f1} s, {times.Length / watch.Elapsed.TotalSeconds:f0}/s; "
            + $"median {times[times.Length / 2]:f1} ms, 99% {times[times.Length * 99 / 100]:f1} ms; "
            + $"{(double)times.Length / log.Writes:f2} rows a transaction");
    }
}
