using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary><c>rebuild-charts</c>: makes the chart documents again of the points in SUMMARY.</summary>
internal static class RebuildChartsCommand
{
    public static Command Create()
    {
        var rebuild = new Command("rebuild-charts", "Make the chart documents again of the stored points.") { SettingArguments.Settings };
        rebuild.SetAction(async (arguments, cancellation) =>
        {
            await using var service = ServeCommand.Build(ServeCommand.CreateBuilder(SettingArguments.Of(arguments)));
            await service.OpenStoreAsync();
            await RebuildAsync(service.Services, cancellation);
            return 0;
        });
        return rebuild;
    }

    /// <summary>Makes the chart documents again, of an open store.</summary>
    /// <exception cref="StartupException">Another process is summarizing.</exception>
    public static async Task RebuildAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var updater = services.GetRequiredService<ChartUpdater>();
        var source = services.GetRequiredService<ReportSource>();
        var isDone = await services.GetRequiredService<SummaryRunner>().RunAloneAsync(
            source, lease => updater.RebuildAsync(source, lease.Progress, lease.Lost), cancellation);
        if (!isDone)
            throw new StartupException("The charts can't be rebuilt now: another process is summarizing. Try again when it is done.");
    }
}
