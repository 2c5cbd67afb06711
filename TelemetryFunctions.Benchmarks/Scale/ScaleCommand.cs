using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Benchmarks.Load;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Benchmarks.Scale;

/// <summary>
/// <c>scale</c>: days of ten times as many systems each, through the summary as it is, from a store that makes them while they are read. What it
/// takes, but for waiting for a store, is measured and not computed.
/// </summary>
internal static class ScaleCommand
{
    private const long Smallest = 100_000;

    /// <param name="largest">Systems of the largest day.</param>
    public static async Task RunAsync(long largest)
    {
        Console.WriteLine("| systems | minutes | processor | a system | largest at once | pages read | registry transactions |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        for (var systems = Math.Min(Smallest, largest); systems <= largest; systems *= 10)
            await MeasureAsync(systems);
    }

    private static async Task MeasureAsync(long systems)
    {
        var directory = Directory.CreateTempSubdirectory("scale-").FullName;
        try
        {
            await SummarizeAsync(systems, directory);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task SummarizeAsync(long systems, string directory)
    {
        var configuration = new ConfigurationBuilder().Build();
        var clock = new MovedClock(BenchmarkReports.Day.AddDays(1).AddHours(1));
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddSummaries()
            .AddReports(configuration)
            .AddSingleton(services => new SqliteTableStore(directory, services.GetServices<TableSchema>(), clock))
            .AddSingleton(services => new GeneratedStore(services.GetRequiredService<SqliteTableStore>(), systems))
            .AddSingleton<ITableStore>(services => services.GetRequiredService<GeneratedStore>())
            .BuildServiceProvider();
        var store = services.GetRequiredService<GeneratedStore>();
        await store.InitializeAsync(CancellationToken.None);

        using var process = Process.GetCurrentProcess();
        var (used, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        using var memory = new MemoryWatch();
        var result = await services.GetRequiredService<SummaryRunner>().RunDueAsync(services.GetRequiredService<ReportSource>(), CancellationToken.None);
        process.Refresh();
        var processor = process.TotalProcessorTime - used;
        Console.WriteLine(
            $"| {result!.Rows:n0} | {LoadTable.Text(watch.Elapsed.TotalMinutes)} | {LoadTable.Text(processor.TotalMinutes)} min "
            + $"| {LoadTable.Text(processor.TotalMicroseconds / result.Rows)} µs | {memory.Most / 1e6:f0} MB | {store.Pages:n0} | {store.Transactions:n0} |");
    }

    /// <summary>Looks from time to time how much is in memory: the peak that the system tells is of the whole life of the process.</summary>
    private sealed class MemoryWatch : IDisposable
    {
        private readonly Timer _timer;

        public MemoryWatch() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

        public long Most { get; private set; }

        public void Dispose() => _timer.Dispose();

        private void Look()
        {
            using var now = Process.GetCurrentProcess();
            Most = Math.Max(Most, now.WorkingSet64);
        }
    }
}
