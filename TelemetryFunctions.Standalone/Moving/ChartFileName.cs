using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Export;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Tells which chart is meant: by its id and breakdown, or by the name that a file has in an export.</summary>
internal static class ChartFileName
{
    /// <param name="id">The chart's id, as in <c>/charts/{id}</c>; with or without that before it.</param>
    /// <param name="by">The breakdown; null for the one that is shown where none is asked for.</param>
    /// <param name="catalogue">The metrics that there are.</param>
    /// <exception cref="StartupException">There is no such chart or breakdown.</exception>
    public static ChartOfSeries Find(string id, string? by, MetricCatalogue catalogue)
    {
        if (!ChartId.TryParse(id, catalogue, out var chart))
        {
            var metrics = string.Join(", ", catalogue.Metrics.Select(metric => metric.Kind.IsPerName ? $"{metric.Id}/NAME" : metric.Id));
            throw new StartupException($"There is no chart \"{id}\" in the catalogue, but {metrics}.");
        }

        var breakdowns = chart.Metric.Kind.Breakdowns;
        if (by is not null && !breakdowns.Contains(by))
            throw new StartupException($"--by is \"{by}\"; {(breakdowns.Count == 0 ? $"{id} has only one breakdown, leave it out" : $"of {id} it must be one of {string.Join(", ", breakdowns)}")}.");
        return new ChartOfSeries(chart, by ?? breakdowns.FirstOrDefault());
    }

    /// <summary>The chart that a file is of by its name, or null.</summary>
    public static ChartOfSeries? Read(string file, MetricCatalogue catalogue)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)));
        var name = Path.GetFileNameWithoutExtension(file);
        foreach (var metric in catalogue.Metrics)
        {
            foreach (var by in metric.Kind.Breakdowns.Cast<string?>().DefaultIfEmpty())
            {
                var end = by is null ? "" : "." + by;
                if (!name.EndsWith(end, StringComparison.Ordinal))
                    continue;

                var stem = name[..^end.Length];
                if (metric.Kind.IsPerName ? folder == metric.Id && stem.Length > 0 : stem == metric.Id)
                    return new ChartOfSeries(new ChartId(metric, metric.Kind.IsPerName ? ExportFile.ReadSegment(stem) : null), by);
            }
        }

        return null;
    }
}
