using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Charts;

/// <summary><c>--rebuild-charts</c>: makes the chart documents again of the points in SUMMARY, and ends.</summary>
internal static class ChartRebuild
{
    /// <exception cref="StartupException">Another process is summarizing.</exception>
    public static async Task RebuildChartsAsync(this IHost host)
    {
        var runner = host.Services.GetRequiredService<SummaryRunner>();
        var updater = host.Services.GetRequiredService<ChartUpdater>();
        var source = host.Services.GetRequiredService<ReportSource>();
        var isDone = await runner.RunAloneAsync(
            source, (progress, cancellation) => updater.RebuildAsync(source, progress, cancellation), CancellationToken.None);
        if (!isDone)
            throw new StartupException("--rebuild-charts can't run now: another process is summarizing. Try again when it is done.");
        if (host is IAsyncDisposable open)
            await open.DisposeAsync();
    }
}
