using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>
/// Ten years of documents, as runs would have left them: releases every month that systems take up and leave. Only the points of the last
/// day are written, and the run that turns them into documents is the real one.
/// </summary>
internal static class TenYears
{
    private const int Days = 3650;
    private const int DaysBetweenReleases = 34;
    private const int PatchesOfARelease = 4;

    private static readonly string[] Components = ["ansible", "container", "core", "file", "python", "rpm"];

    public static async Task FillAsync(IServiceProvider services)
    {
        var catalogue = services.GetRequiredService<MetricCatalogue>();
        var today = new DateTimeOffset(DateTimeOffset.UtcNow.Date, TimeSpan.Zero);
        var first = today.AddDays(-Days);
        var charts = catalogue.Metrics
            .SelectMany(metric => metric.Kind.IsPerName ? Components.Select(name => new ChartId(metric, name)) : [new ChartId(metric, null)])
            .SelectMany(ChartOfSeries.All)
            .ToList();
        var store = services.GetRequiredService<ChartStore>();
        var last = new List<Point>();
        foreach (var (i, chart) in charts.Index())
        {
            var data = new ChartData(first.ToUnixTimeMilliseconds());
            for (var day = 0; day < Days - 1; day++)
                Add(day, (label, value) => data.Add(first.AddDays(day).ToUnixTimeMilliseconds(), label, value));
            Add(Days - 1, (label, value) => last.Add(new Point(chart.Series, label, value)));
            await store.WriteAsync(chart.Series.Partition, new StoredChart("", first.ToUnixTimeMilliseconds(), ChartCodec.Write(data), [], []), CancellationToken.None);

            void Add(int day, Action<string, double> add)
            {
                foreach (var (label, value) in ValuesOf(chart, i, day))
                    add(label, value);
            }
        }

        await services.GetRequiredService<PointStore>().ReplaceAsync(today.AddDays(-1), last, CancellationToken.None);
        var progress = new SummaryProgress(first, today, today);
        await services.GetRequiredService<SummaryProgressStore>().TryWriteAsync(ReportSource.SourceName, progress, null, CancellationToken.None);
        await services.GetRequiredService<ChartUpdater>().SummarizedAsync(services.GetRequiredService<ReportSource>(), progress, CancellationToken.None);
    }

    /// <summary>Systems, which grow in number and come and go a little from day to day.</summary>
    private static double Systems(int chart, int day) => Math.Round((200 + day) * (1 + 0.02 * Math.Sin(day * (1.3 + chart))) / (1 + chart % 5));

    private static IEnumerable<(string Label, double Value)> ValuesOf(ChartOfSeries chart, int number, int day)
    {
        var systems = Systems(number, day);
        if (chart.Id.Metric.Kind == MetricKind.Versions)
            return Versions(systems, day, chart.By == "xyz");
        if (chart.Id.Metric.Kind == MetricKind.Count)
            return [("systems", systems)];
        if (chart.Id.Metric.Kind == MetricKind.Mean)
            return [("hosts", 2 + Math.Sin(day / 90.0)), ("processes", 9 + Math.Sin(day / 50.0 + number))];

        string[] labels = chart.Id.Metric.Kind == MetricKind.Age ? ["under 1 week", "1-4 weeks", "1-3 months", "3-6 months", "6-12 months", "1-2 years", "over 2 years"]
            : chart.Id.Metric.Kind == MetricKind.CountBy ? ["13.17", "14.2", "15.9", "15.10", "16.5", "16.6", "17.1", "17.2"]
            : ["0", "1", "2-3", "4-7", "8-15", "16-31", "32-63"];
        return labels.Select((label, i) => (label, Math.Round(systems * (i + 1 + Math.Sin(day / 200.0 + i)) / (labels.Length * 4))));
    }

    /// <summary>Half of those who still have an older release take up a newer one in the time between two.</summary>
    private static IEnumerable<(string Label, double Value)> Versions(double systems, int day, bool patches)
    {
        var newest = day / DaysBetweenReleases;
        for (var age = 0; age < 10 && age <= newest; age++)
        {
            var share = Math.Pow(0.5, age + 1 + day % DaysBetweenReleases / (double)DaysBetweenReleases);
            var release = string.Create(CultureInfo.InvariantCulture, $"3.{newest - age}");
            for (var patch = 0; patch < (patches ? PatchesOfARelease : 1); patch++)
                yield return (patches ? $"{release}.{patch}" : release, Math.Round(systems * share / (patches ? PatchesOfARelease : 1)));
        }
    }
}
