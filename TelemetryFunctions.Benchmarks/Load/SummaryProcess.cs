using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Benchmarks.Embedded;
using TelemetryFunctions.Benchmarks.Processes;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Benchmarks.Load;

/// <summary>Summarizes what is due on a day, in a process of its own.</summary>
internal static class SummaryProcess
{
    /// <param name="directory">The site.</param>
    /// <param name="day">The last day that is over.</param>
    /// <param name="before">A small site that is summarized before, so that the code is warm; null for a cold process.</param>
    public static async Task RunAsync(string directory, DateTimeOffset day, string? before)
    {
        if (before is not null)
        {
            foreach (var first in (DateTimeOffset[])[BenchmarkReports.Day, DayOfReports.Second])
                await SummarizeAsync(before, first);
        }

        using var process = Process.GetCurrentProcess();
        var (used, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var rows = await SummarizeAsync(directory, day);
        watch.Stop();
        process.Refresh();
        Figures.Write("rows", rows);
        Figures.Write("seconds", watch.Elapsed.TotalSeconds);
        Figures.Write("processor", (process.TotalProcessorTime - used).TotalSeconds);
        Figures.Write("memory", process.PeakWorkingSet64);
    }

    private static async Task<long> SummarizeAsync(string directory, DateTimeOffset day)
    {
        await using var site = await EmbeddedSite.OpenAsync(directory, new MovedClock(day.AddDays(1).AddHours(1)));
        var result = await site.GetRequiredService<SummaryRunner>().RunDueAsync(site.GetRequiredService<ReportSource>(), CancellationToken.None);
        return result!.Rows;
    }
}
