using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Export;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Standalone.Moving.Installs;
using TelemetryFunctions.Storage.Migrations;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Moving.Export;

/// <summary>
/// Writes every series that charts are made of into a directory, with all days that are done. A store that is in use can be read too: what is
/// done does not change.
/// </summary>
internal sealed class Exporter(
    InstallExporter installs,
    Migrator migrator,
    PointStore points,
    SummaryProgressStore progressStore,
    OutageStore outages,
    KeptWindows kept,
    LabelAudit audit,
    MetricCatalogue catalogue,
    ReportOptions options,
    IConfiguration configuration)
{
    /// <returns>What was written.</returns>
    /// <exception cref="StartupException">There is nothing to write, or no place for it.</exception>
    public async Task<ExportManifest> WriteAsync(string path, CancellationToken cancellation)
    {
        if (!await migrator.HasStoreAsync(cancellation))
            throw new StartupException("There is no store to export; Telemetry__DataDirectory or AzureWebJobsStorage names one.");
        if ((await progressStore.ReadAsync(ReportSource.SourceName, cancellation)).Progress is not { First: { } first, Through: { } through } progress)
            throw new StartupException("There is nothing to export: no day is summarized yet.");

        using var directory = new ExportDirectory(path);
        await directory.WriteAsync(directory.Reserve(ExportManifest.Catalogue), async stream =>
        {
            await using var writer = new StreamWriter(stream);
            await writer.WriteAsync(ReportMetrics.ReadText(configuration));
        });
        await WriteSeriesAsync(directory, progress, through.ToUnixTimeMilliseconds(), cancellation);

        var counted = await installs.WriteAsync(directory, cancellation);
        var (down, former) = (await outages.ReadAsync(cancellation), await kept.ReadAsync(cancellation));

        ExportManifest? manifest = null;
        await directory.FinishAsync(files =>
        {
            var (firstDay, lastDay) = (DayOf(first), DayOf(through).AddDays(-1));
            return manifest = new ExportManifest(ExportManifest.Newest, firstDay, lastDay, options.MinimumLabelSystems, files)
            {
                HasNoise = options.Noise is not null,
                Installs = counted,
                Outages = OrNull(down.Where(outage => outage.Day <= lastDay).Select(outage => new ExportedOutage(outage.Day, outage.Hours))),
                Kept = OrNull(former.Where(days => days.To <= through).Select(days => new ExportedDays(DayOf(days.From), DayOf(days.To).AddDays(-1)))),
            };
        });
        return manifest!;
    }

    private async Task WriteSeriesAsync(ExportDirectory directory, SummaryProgress progress, long throughMs, CancellationToken cancellation) =>
        await directory.WriteAsync(directory.Reserve(ExportManifest.Parquet), async stream =>
        {
            await using var parquet = await PointsParquet.CreateAsync(stream, cancellation);
            await foreach (var span in points.ReadSeriesAsync(cancellation).Where(span => span.FirstMs < throughMs && IsShown(progress, span.Series)))
            {
                var series = await ReadAsync(span, throughMs, cancellation);
                await parquet.AddAsync(series, cancellation);
                await directory.WriteAsync(
                    directory.Reserve("charts/" + NameOf(span.Series)), async csv => await csv.WriteAsync(Csv(series), cancellation), Describe(series));
            }
        });

    /// <summary>False for what is withheld: it is in no public form, and this is one.</summary>
    private bool IsShown(SummaryProgress progress, SeriesKey series) =>
        (catalogue.Find(series.Metric) is not { } metric || !progress.Withholds(metric)) && audit.MayShow(series);

    private async Task<SeriesPoints> ReadAsync(SeriesSpan span, long throughMs, CancellationToken cancellation)
    {
        // Days that are not done have points where they are shown, in development.
        var done = await points.ReadPointsAsync(span.Series, DateTimeOffset.UnixEpoch, cancellation)
            .TakeWhile(point => point.Ms < throughMs)
            .Select(point => new SeriesPoint(point.Ms, point.Label, point.Value))
            .ToListAsync(cancellation);
        return new SeriesPoints(span.Series, done) { Span = span with { LastMs = Math.Min(span.LastMs, throughMs - ChartData.DayMs) } };
    }

    /// <summary>The points as they are, in the format in which charts are sent: nothing where there is no point.</summary>
    private byte[] Csv(SeriesPoints series)
    {
        var order = catalogue.Find(series.Series.Metric)?.LabelOrder ?? StringComparer.Ordinal;
        var times = series.Points.Select(point => point.Ms).Distinct().ToList();
        var places = times.Index().ToDictionary(time => time.Item, time => time.Index);
        var columns = series.Points.GroupBy(point => point.Label).OrderBy(label => label.Key, order).Select(label =>
        {
            var values = new double?[times.Count];
            foreach (var point in label)
                values[places[point.Ms]] = point.Value;
            return new ChartSeries(label.Key, values);
        });
        return ChartCsv.Write(new ChartDocument("", "", "", null, false, times, [.. columns]));
    }

    private static string NameOf(SeriesKey series) => ExportFile.NameOf(series.Metric, series.By, series.Name);

    private static ExportedSeries Describe(SeriesPoints series) => new(
        series.Series.Metric, ChartQuery.Day(series.Span!.FirstMs), ChartQuery.Day(series.Span.LastMs), series.Points.Count)
    {
        By = series.Series.By,
        Name = series.Series.Name,
    };

    private static IReadOnlyList<T>? OrNull<T>(IEnumerable<T> all) => all.ToList() is { Count: > 0 } some ? some : null;

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
