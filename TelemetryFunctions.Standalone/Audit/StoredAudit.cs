using System.Runtime.CompilerServices;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Audit;

/// <summary>Looks through what a store has: raw reports, and the names and labels that are public.</summary>
internal sealed class StoredAudit(ReportStore reports, PointStore points, MetricCatalogue catalogue)
{
    private readonly ReportAudit _audit = new(catalogue);

    /// <summary>What is found in the raw reports, with how many have it. One that can't be read says nothing.</summary>
    public async Task<IReadOnlyList<(Finding Finding, long Count)>> LookAtReportsAsync(CancellationToken cancellation)
    {
        var found = new Dictionary<Finding, long>();
        await foreach (var report in reports.ReadAllAsync(cancellation))
        {
            foreach (var finding in Look(report))
                found[finding] = found.GetValueOrDefault(finding) + 1;
        }

        return InOrder(found);
    }

    /// <summary>What is found in the names and labels that there are points of, with how many of them it is.</summary>
    public async Task<IReadOnlyList<(Finding Finding, long Count)>> LookAtLabelsAsync(CancellationToken cancellation)
    {
        var found = new Dictionary<Finding, long>();
        await foreach (var (metric, path, text, isLabel) in TextsAsync(cancellation).Distinct().WithCancellation(cancellation))
        {
            foreach (var rule in LabelAudit.RulesOf(metric, text, isLabel))
            {
                var finding = new Finding(metric.Id, path, rule);
                found[finding] = found.GetValueOrDefault(finding) + 1;
            }
        }

        return InOrder(found);
    }

    private async IAsyncEnumerable<(Metric Metric, string Path, string Text, bool IsLabel)> TextsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var series in points.ReadSeriesAsync(cancellation).Select(span => span.Series))
        {
            if (catalogue.Find(series.Metric) is not { HasLabelsOfReports: true } metric)
                continue;
            if (series.Name is { } name)
                yield return (metric, "name", name, false);
            await foreach (var (_, label, _) in points.ReadPointsAsync(series, DateTimeOffset.UnixEpoch, cancellation))
                yield return (metric, "label", label, true);
        }
    }

    private IEnumerable<Finding> Look(StoredReport report)
    {
        try
        {
            return _audit.Look(report.Payload, ReportFormats.FromName(report.Format));
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static List<(Finding, long)> InOrder(Dictionary<Finding, long> found) =>
        [.. found.OrderBy(pair => pair.Key.Metric, StringComparer.Ordinal).ThenBy(pair => pair.Key.Path, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))];
}
