using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Storage.Migrations;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>
/// Writes a history beside what the service has summarized. It may be killed anywhere and be done again: what it is to write is noted
/// first, the progress that lets charts show it comes last.
/// </summary>
internal sealed class Importer(
    Migrator migrator,
    PointStore points,
    SummaryRunner runner,
    SummaryProgressStore progressStore,
    ImportedWindows imported,
    ImportedSystems systems,
    ImportedMarks marks,
    ReportSource source,
    ReportStore reports,
    ChartUpdater charts,
    MetricCatalogue catalogue,
    ReportOptions options,
    TimeProvider clock)
{
    // What is written at once is committed together where the store is embedded, and shares connections where it is not.
    private const int SeriesAtOnce = 16;

    /// <summary>Says what would be written. The store need not be open, and nothing in it is changed.</summary>
    public async Task<ImportPlan> PlanAsync(History history, bool replaces, CancellationToken cancellation)
    {
        var isThere = await migrator.HasStoreAsync(cancellation);
        var own = isThere
            ? await ReadOwnDaysAsync((await progressStore.ReadAsync(source.Name, cancellation)).Progress, cancellation)
            : new OwnDays(SummaryProgress.None, [], null, Window.Day(clock.GetUtcNow()).Start);
        return await PlanAsync(history, own, FilterOf(own, history, replaces), isThere ? await ReadNamesAsync(cancellation) : new HashSet<SeriesKey>(), cancellation);
    }

    /// <summary>Writes it, into an open store, and makes the charts again.</summary>
    /// <returns>What was written.</returns>
    /// <exception cref="StartupException">Another process is summarizing.</exception>
    public async Task<ImportPlan> RunAsync(History history, bool replaces, CancellationToken cancellation)
    {
        ImportPlan? plan = null;
        var isDone = await runner.RunAloneAsync(source, async lease => plan = await RunAsync(lease, history, replaces), cancellation);
        return isDone ? plan! : throw new StartupException("Nothing can be imported now: another process is summarizing. Try again when it is done.");
    }

    private async Task<ImportPlan> RunAsync(SummaryLease lease, History history, bool replaces)
    {
        var own = await ReadOwnDaysAsync(lease.Progress, lease.Lost);
        var filter = FilterOf(own, history, replaces);
        var names = await ReadNamesAsync(lease.Lost);
        var plan = await PlanAsync(history, own, filter, names, lease.Lost);
        var progress = ProgressWith(own, plan.Days, history.Days);
        if (progress is not { First: { } first, Through: { } through })
            return plan;

        await NoteAsync(lease.Progress, first, through, lease.Lost);
        await WriteAsync(history, plan, filter, names, lease.Lost);
        await systems.WriteAsync(history.Systems, through, lease.Lost);
        await marks.WriteAsync(history, filter, lease.Lost);
        await lease.WriteAsync(now => now with { First = first, Through = through });
        await charts.RebuildAsync(source, lease.Progress, lease.Lost);
        return plan;
    }

    private async Task<ImportPlan> PlanAsync(History history, OwnDays own, ImportFilter filter, IReadOnlySet<SeriesKey> names, CancellationToken cancellation)
    {
        var plan = new ImportPlan();
        await foreach (var series in history.ReadAsync(names, cancellation))
        {
            if (catalogue.Find(series.Series.Metric) is { } metric)
                plan.Add(filter.Filter(metric, series));
            else
                plan.AddUnknown(series.Series.Metric);
        }

        if (ProgressWith(own, plan.Days, history.Days).Through is { } through)
            plan.Systems = systems.Among(history.Systems, through).Count();
        return plan;
    }

    private async Task WriteAsync(
        History history, ImportPlan plan, ImportFilter filter, IReadOnlySet<SeriesKey> names, CancellationToken cancellation)
    {
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = SeriesAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(history.ReadAsync(names, cancellation), atOnce, async (series, token) =>
        {
            if (catalogue.Find(series.Series.Metric) is not { } metric || filter.Filter(metric, series) is not { Span: { } span } accepted)
                return;

            var days = history.IsWhole ? plan.DaysOf(metric.Id) : accepted.Points.Select(point => point.Ms).ToHashSet();
            await points.ReplaceSeriesAsync(span, days, accepted.Points.Select(point => (point.Ms, point.Label, point.Value)), token);
        });
        if (!history.IsWhole)
            return;

        // What an earlier import, or the service where its days are replaced, has of these days and this history has not.
        var others = await points.ReadSeriesAsync(cancellation)
            .Where(span => !plan.Has(span.Series) && plan.DaysOf(span.Series.Metric).Any(span.Includes))
            .ToListAsync(cancellation);
        await Parallel.ForEachAsync(others, atOnce, async (span, token) => await points.ReplaceSeriesAsync(span, plan.DaysOf(span.Series.Metric), [], token));

        // A name that has no other day is not listed any more.
        if (others.Count > 0)
            await points.MeasureAsync(others.SelectMany(span => plan.DaysOf(span.Series.Metric)).ToHashSet(), cancellation);
    }

    /// <summary>Notes the days that the service has not summarized, and that are in the charts from now on.</summary>
    private async Task NoteAsync(SummaryProgress before, DateTimeOffset first, DateTimeOffset through, CancellationToken cancellation)
    {
        if (before is not { First: { } ownFirst, Through: { } ownThrough })
        {
            await imported.AddAsync(source.Name, new WindowSpan(first, through), cancellation);
            return;
        }

        if (first < ownFirst)
            await imported.AddAsync(source.Name, new WindowSpan(first, ownFirst), cancellation);
        if (through > ownThrough)
            await imported.AddAsync(source.Name, new WindowSpan(ownThrough, through), cancellation);
    }

    /// <summary>The progress once the days are imported; what it was where none are.</summary>
    private static SummaryProgress ProgressWith(OwnDays own, WindowSpan? written, WindowSpan? known)
    {
        if (written is not { } days)
            return SummaryProgress.None;

        var from = known is { } span && span.From < days.From ? span.From : days.From;
        var end = known is { } all && all.To < own.End ? all.To : own.End;
        var to = known is not null && end > days.To ? end : days.To;
        return own.Progress with
        {
            First = own.Progress.First is { } first && first < from ? first : from,
            Through = own.Progress.Through is { } through && through > to ? through : to,
        };
    }

    private async Task<OwnDays> ReadOwnDaysAsync(SummaryProgress progress, CancellationToken cancellation) =>
        await OwnDays.ReadAsync(progress, imported, reports, clock, cancellation);

    private ImportFilter FilterOf(OwnDays own, History history, bool replaces) =>
        new(own, new FewSystems(history.MinimumBeforeNoise >= options.MinimumLabelSystems ? 0 : options.MinimumLabelSystems), replaces);

    private async Task<IReadOnlySet<SeriesKey>> ReadNamesAsync(CancellationToken cancellation) => await points.ReadSeriesAsync(cancellation)
        .Select(span => span.Series)
        .Where(series => series.Name is not null)
        .ToHashSetAsync(cancellationToken: cancellation);
}
