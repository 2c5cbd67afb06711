using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Benchmarks.AzureTables;

/// <summary>Summarizes the day that <see cref="IngestLoad"/> posted.</summary>
internal static class SummaryLoad
{
    public static async Task RunAsync()
    {
        var log = new RequestLog();
        var clock = new MovedClock(BenchmarkReports.Day.AddDays(1).AddHours(1));
        // The systems are a day old, and are to count.
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Telemetry:MinimumAgeDays", (string?)"0")])
            .Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddSummaries()
            .AddReports(configuration)
            .AddSingleton<ITableStore>(services => TableService.Open(services.GetServices<TableSchema>(), clock, log))
            .BuildServiceProvider();
        await services.GetRequiredService<ITableStore>().InitializeAsync(CancellationToken.None);
        log.Clear();

        var watch = Stopwatch.StartNew();
        var result = await services.GetRequiredService<SummaryRunner>().RunDueAsync(services.GetRequiredService<ReportSource>(), CancellationToken.None);
        watch.Stop();

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"{result?.Rows} reports of {result?.Windows.Count} days in {watch.Elapsed.TotalSeconds:f1} s; at most {log.MostInFlight} requests at a time; "
            + $"peak memory {process.PeakWorkingSet64 / 1e6:f0} MB");
        foreach (var line in log.Lines())
            Console.WriteLine(line);
    }
}
