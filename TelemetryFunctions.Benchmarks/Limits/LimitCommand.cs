using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Benchmarks.Embedded;
using TelemetryFunctions.Benchmarks.Load;
using TelemetryFunctions.Benchmarks.Processes;
using TelemetryFunctions.Events;

namespace TelemetryFunctions.Benchmarks.Limits;

/// <summary>What the load benchmark measures in processes of their own.</summary>
internal static class LimitCommand
{
    /// <returns>False where there is no such command.</returns>
    public static async Task<bool> TryRunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["serve", var url, .. var files]:
                await BareServer.RunAsync(url, files);
                return true;
            case ["insert", var directory, var rowsPerTransaction, var seconds, var format]:
                BareRows.Insert(directory, Number(rowsPerTransaction), Number(seconds), format);
                return true;
            case ["scan", var directory, var day]:
                BareRows.Scan(directory, Day(day));
                return true;
            case ["register", var directory, var day, var registry]:
                BareRows.ParseAndRegister(directory, Day(day), registry);
                return true;
            case ["summarize", var directory, var day, .. var before]:
                await SummaryProcess.RunAsync(directory, Day(day), before.FirstOrDefault());
                return true;
            case ["events", var directory]:
                await UnpackEventsAsync(directory);
                return true;
            default:
                return false;
        }
    }

    private static async Task UnpackEventsAsync(string directory)
    {
        await using var site = await EmbeddedSite.OpenAsync(directory, TimeProvider.System);
        var watch = Stopwatch.StartNew();
        var events = 0L;
        await foreach (var row in site.GetRequiredService<EventStore>().ReadAllAsync(CancellationToken.None))
            events += row.Read().Count;
        Figures.Write("seconds", watch.Elapsed.TotalSeconds);
        Figures.Write("events", events);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Day(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
