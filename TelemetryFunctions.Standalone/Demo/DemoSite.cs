using System.Globalization;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Demo;

/// <summary>
/// <c>demo</c>: fills an empty store with a history of synthetic reports and installs, through the same ingest and the same summaries
/// as real ones, under a clock that is moved from day to day.
/// </summary>
internal static class DemoSite
{
    // The reports of a day leave together, in few transactions.
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 1024 };

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
        await RefuseDataAsync(host.Services);

        // What a machine that fails loses of a demo is made again.
        var store = host.Services.GetService<SqliteTableStore>();
        if (store is not null)
            store.FlushesWrites = false;
        await FillAsync(host.Services, days);
        if (store is not null)
            store.FlushesWrites = true;
        host.Services.GetRequiredService<QuietFill>().End();
    }

    private static async Task FillAsync(IServiceProvider services, int days)
    {
        var clock = services.GetRequiredService<DemoClock>();
        var now = clock.GetUtcNow();
        var today = Window.Day(now);
        var fleet = new DemoFleet(days, services.GetRequiredService<MetricCatalogue>());
        var installs = new DemoInstalls(services.GetRequiredService<InstallOptions>());
        var daysARun = Math.Max(LeastDaysARun, days / MostRuns);
        using var progress = new ProgressBar("Filling the store with a demo", days);
        for (var day = 0; day <= days; day++)
        {
            var window = Window.Day(today.Start.AddDays(day - days));
            clock.MoveTo(window.Start + Window.Grace);
            if (day % daysARun == 0 || day == days)
                await SummarizeAsync(services);
            await SendAsync(services, fleet.ReportsOn(day).Where(report => window.Start + window.Length * report.TimeOfDay < now).Select(report => report.Report));

            // No clock is believed that says that it is before, and so no install of then.
            if (window.Start >= ClockWatch.Earliest)
                await SendAsync(services, clock, window, installs.On(DateOnly.FromDateTime(window.Start.UtcDateTime), days - day).Where(sent => window.Start + sent.Time < now));
            progress.Report(day, window.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        // What is summarized by the hour has come further since midnight.
        var hour = Window.At(now - Window.Grace, TimeSpan.FromHours(1));
        if (hour.Start > today.Start)
        {
            clock.MoveTo(hour.Start + Window.Grace);
            await SummarizeAsync(services);
        }

        clock.Release();
    }

    private static async Task SummarizeAsync(IServiceProvider services)
    {
        var runner = services.GetRequiredService<SummaryRunner>();
        foreach (var source in services.GetServices<ISummarySource>())
            await runner.RunDueAsync(source, CancellationToken.None);
    }

    private static async Task SendAsync(IServiceProvider services, IEnumerable<Report> reports)
    {
        var receiver = services.GetRequiredService<ReportReceiver>();
        await Parallel.ForEachAsync(
            reports, AtOnce, async (report, token) => await receiver.ReceiveAsync(report.ToByteArray(), ReportFormat.Protobuf, token));
    }

    private static async Task SendAsync(IServiceProvider services, DemoClock clock, Window day, IEnumerable<DemoNotification> notifications)
    {
        var receiver = services.GetRequiredService<NotificationReceiver>();
        foreach (var together in notifications.GroupBy(notification => notification.Time))
        {
            clock.MoveTo(day.Start + together.Key);
            await Parallel.ForEachAsync(
                together, AtOnce, async (notification, token) => await receiver.ReceiveAsync(notification.ToRequest(), token));
        }
    }

    private static async Task RefuseDataAsync(IServiceProvider services)
    {
        var progressStore = services.GetRequiredService<SummaryProgressStore>();
        foreach (var source in services.GetServices<ISummarySource>())
        {
            var (progress, _) = await progressStore.ReadAsync(source.Name, CancellationToken.None);
            if (progress.Through is not null || await source.FindOldestAsync(CancellationToken.None) is not null)
                throw new StartupException("demo fills an empty store only, and this one has data. Set Telemetry__DataDirectory to an empty directory, or start without demo.");
        }
    }
}
