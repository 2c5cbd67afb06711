using System.Globalization;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Demo;

/// <summary>
/// <c>demo</c>: fills an empty store with a history of synthetic reports, through the same ingest and the same summaries
/// as real ones, under a clock that is moved from day to day.
/// </summary>
internal static class DemoSite
{
    // The reports of a day leave together, in few transactions.
    private const int PostsAtOnce = 1024;

    // Runs that catch up on many days give the same as one each midnight. Each writes every chart anew from its first day on, so that
    // their number, and not the days between them, decides how long a long history takes.
    private const int LeastDaysARun = 60;
    private const int MostRuns = 4;

    /// <summary>Gives the service a clock that can be moved, and a log that leaves the terminal to the progress bar.</summary>
    public static void AddDemo(this IHostApplicationBuilder builder)
    {
        var clock = new DemoClock();
        builder.Services.AddSingleton(clock);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        builder.Services.AddSingleton<QuietFill>();
        builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(provider => provider.GetRequiredService<QuietFill>());
        builder.Services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(provider => provider.GetRequiredService<QuietFill>());
    }

    /// <summary>Fills the store with so many days, then lets the clock go.</summary>
    /// <exception cref="StartupException">The store has data already.</exception>
    public static async Task FillWithDemoAsync(this IHost host, int days)
    {
        var source = host.Services.GetRequiredService<ReportSource>();
        await RefuseDataAsync(host.Services, source);

        // What a machine that fails loses of a demo is made again.
        var store = host.Services.GetService<SqliteTableStore>();
        if (store is not null)
            store.FlushesWrites = false;
        await FillAsync(host.Services, source, days);
        if (store is not null)
            store.FlushesWrites = true;
        host.Services.GetRequiredService<QuietFill>().End();
    }

    private static async Task FillAsync(IServiceProvider services, ReportSource source, int days)
    {
        var clock = services.GetRequiredService<DemoClock>();
        var receiver = services.GetRequiredService<ReportReceiver>();
        var runner = services.GetRequiredService<SummaryRunner>();
        var now = clock.GetUtcNow();
        var today = Window.Day(now);
        var fleet = new DemoFleet(days, services.GetRequiredService<MetricCatalogue>());
        var daysARun = Math.Max(LeastDaysARun, days / MostRuns);
        using var progress = new ProgressBar("Filling the store with a demo", days);
        for (var day = 0; day <= days; day++)
        {
            var window = Window.Day(today.Start.AddDays(day - days));
            clock.MoveTo(window.Start + Window.Grace);
            if (day % daysARun == 0 || day == days)
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
