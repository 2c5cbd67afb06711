using System.Globalization;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Demo;

/// <summary>
/// <c>demo</c>: fills an empty store with a history of synthetic reports, through the same ingest and the same summaries
/// as real ones, under a clock that is moved from day to day.
/// </summary>
internal static class DemoSite
{
    private const int PostsAtOnce = 64;

    // Runs that catch up on many days give the same as one each midnight, and write the charts less often.
    private const int DaysARun = 60;

    /// <summary>Gives the service a clock that can be moved.</summary>
    public static void AddDemo(this IHostApplicationBuilder builder)
    {
        var clock = new DemoClock();
        builder.Services.AddSingleton(clock);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
    }

    /// <summary>Fills the store with so many days, then lets the clock go.</summary>
    /// <exception cref="StartupException">The store has data already.</exception>
    public static async Task FillWithDemoAsync(this IHost host, int days)
    {
        var clock = host.Services.GetRequiredService<DemoClock>();
        var receiver = host.Services.GetRequiredService<ReportReceiver>();
        var runner = host.Services.GetRequiredService<SummaryRunner>();
        var source = host.Services.GetRequiredService<ReportSource>();
        await RefuseDataAsync(host.Services, source);

        var now = clock.GetUtcNow();
        var today = Window.Day(now);
        var fleet = new DemoFleet(days, host.Services.GetRequiredService<MetricCatalogue>());
        using var progress = new ProgressBar("Filling the store with a demo", days);
        for (var day = 0; day <= days; day++)
        {
            var window = Window.Day(today.Start.AddDays(day - days));
            clock.MoveTo(window.Start + Window.Grace);
            if (day % DaysARun == 0 || day == days)
                await runner.RunDueAsync(source, CancellationToken.None);
            var reports = fleet.ReportsOn(day).Where(report => window.Start + window.Length * report.TimeOfDay < now);
            await Parallel.ForEachAsync(
                reports,
                new ParallelOptions { MaxDegreeOfParallelism = PostsAtOnce },
                async (report, token) => await receiver.ReceiveAsync(report.Report.ToByteArray(), ReportFormat.Protobuf, token));
            progress.Report(day, window.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        clock.Release();
    }

    private static async Task RefuseDataAsync(IServiceProvider services, ReportSource source)
    {
        var (progress, _) = await services.GetRequiredService<SummaryProgressStore>().ReadAsync(source.Name, CancellationToken.None);
        if (progress.Through is not null || await source.FindOldestAsync(CancellationToken.None) is not null)
            throw new StartupException("demo fills an empty store only, and this one has data. Set Telemetry__DataDirectory to an empty directory, or start without demo.");
    }
}
