using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Audit;

/// <summary>
/// Removes from the charts what the nightly audit would have withheld, had it looked: days on which a label of a chart looks personal, and charts whose name does. It may
/// be killed anywhere, and be done again.
/// </summary>
internal sealed class LabelRemoval(SummaryRunner runner, ReportSource source, PointStore points, ChartUpdater charts, MetricCatalogue catalogue)
{
    /// <returns>How many days of charts were removed, by metric.</returns>
    /// <exception cref="StartupException">Another process is summarizing.</exception>
    public async Task<IReadOnlyDictionary<string, int>> RunAsync(CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, int>? removed = null;
        var isAlone = await runner.RunAloneAsync(source, async lease => removed = await RunAsync(lease), cancellation);
        return isAlone ? removed! : throw new StartupException("Nothing can be removed now: another process is summarizing. Try again when it is done.");
    }

    private async Task<IReadOnlyDictionary<string, int>> RunAsync(SummaryLease lease)
    {
        var removed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var all = await points.ReadSeriesAsync(lease.Lost).ToListAsync(lease.Lost);

        // All breakdowns of a chart at once: each is made of what the others are.
        foreach (var chart in all.GroupBy(span => (span.Series.Metric, span.Series.Name)))
        {
            if (catalogue.Find(chart.Key.Metric) is not { HasLabelsOfReports: true } metric || await FindDaysAsync(metric, chart, lease.Lost) is not { Count: > 0 } days)
                continue;

            foreach (var span in chart)
                await points.ReplaceSeriesAsync(span, days, [], lease.Lost);
            await points.MeasureAsync(days, lease.Lost);
            removed[metric.Id] = removed.GetValueOrDefault(metric.Id) + days.Count;
        }

        // Also where no point is left to be removed: a run that was killed may have removed the points, and left the documents that are made of them.
        await charts.RebuildAsync(source, lease.Progress, lease.Lost);
        return removed;
    }

    private async Task<IReadOnlySet<long>> FindDaysAsync(Metric metric, IEnumerable<SeriesSpan> chart, CancellationToken cancellation)
    {
        var days = new HashSet<long>();
        foreach (var series in chart.Select(span => span.Series))
        {
            var isNamed = LabelAudit.RulesOf(metric, series.Name).Any();
            await foreach (var (ms, label, _) in points.ReadPointsAsync(series, DateTimeOffset.UnixEpoch, cancellation))
            {
                if (isNamed || (!days.Contains(ms) && LabelAudit.RulesOf(metric, label, isLabel: true).Any()))
                    days.Add(ms);
            }
        }

        return days;
    }
}
