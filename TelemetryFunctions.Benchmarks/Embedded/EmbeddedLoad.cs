using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Benchmarks.Embedded;

/// <summary>A day of reports on the embedded store: taken in, summarized, and one system of it forgotten.</summary>
internal static class EmbeddedLoad
{
    private const int PostsAtOnce = 64;

    /// <param name="directory">Where the store is.</param>
    /// <param name="reports">How many systems report.</param>
    /// <param name="body">The report of a system.</param>
    /// <param name="format">How it is written.</param>
    public static async Task IngestAsync(string directory, int reports, Func<int, byte[]> body, ReportFormat format)
    {
        // Made before the clock runs: it is the client's work.
        var bodies = new byte[reports][];
        Parallel.For(0, reports, system => bodies[system] = body(system));
        await using var site = await EmbeddedSite.OpenAsync(directory, new MovedClock(BenchmarkReports.Day.AddHours(12)));
        var receiver = site.GetRequiredService<ReportReceiver>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(
            0,
            reports,
            new ParallelOptions { MaxDegreeOfParallelism = PostsAtOnce },
            async (system, token) => await receiver.ReceiveAsync(bodies[system], format, token));
        Console.WriteLine($"{reports} reports in {watch.Elapsed.TotalSeconds:f2} s: {reports / watch.Elapsed.TotalSeconds:f0} reports/s");
    }

    public static async Task SummarizeAsync(string directory)
    {
        await using var site = await EmbeddedSite.OpenAsync(directory, new MovedClock(BenchmarkReports.Day.AddDays(1).AddHours(1)));
        var watch = Stopwatch.StartNew();
        var result = await site.GetRequiredService<SummaryRunner>().RunDueAsync(site.GetRequiredService<ReportSource>(), CancellationToken.None);
        Console.WriteLine($"{result?.Rows} reports of {result?.Windows.Count} days summarized in {watch.Elapsed.TotalSeconds:f2} s");
    }

    public static async Task ForgetAsync(string directory)
    {
        await using var site = await EmbeddedSite.OpenAsync(directory, new MovedClock(BenchmarkReports.Day.AddDays(1).AddHours(1)));
        var (system, _) = ReportParser.Parse(BenchmarkReports.Body(0), ReportFormat.Protobuf);
        var watch = Stopwatch.StartNew();
        await site.GetRequiredService<SystemForgetter>().ForgetAsync(system, CancellationToken.None);
        var bytes = new DirectoryInfo(directory).EnumerateFiles().Sum(file => file.Length);
        Console.WriteLine($"a system forgotten in {watch.Elapsed.TotalSeconds:f2} s; {bytes / 1e6:f0} MB of files");
    }
}
