using System.Collections.Concurrent;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Overview;

/// <summary>Reduces charts to what the page draws before anybody asks for more. Charts may be added from several threads.</summary>
/// <param name="catalogue">The metrics.</param>
/// <param name="span">The days that are drawn.</param>
public sealed class OverviewBuilder(MetricCatalogue catalogue, ChartSpan span)
{
    /// <summary>Labels of a chart beside <c>other</c>.</summary>
    public const int MaxLabels = 24;

    /// <summary>Charts of one metric; the list of charts has all.</summary>
    public const int MaxNames = 48;

    /// <summary>Labels that are there for being the largest on the last day, the others for all days.</summary>
    public const int LargestToday = 12;

    private const int Decimals = 3;

    // Two years are drawn day by day; what is older, one day of each week.
    private const int DailyDays = 2 * 366;
    private const int WeekDays = 7;

    private readonly int[] _days = [.. Days((int)((span.EndMs - span.FirstMs) / ChartData.DayMs))];

    private readonly ConcurrentDictionary<string, LargestCharts> _largest = [];

    /// <summary>Adds a chart, in any order.</summary>
    public void Add(ChartId chart, ChartData data) => _largest
        .GetOrAdd(chart.Metric.Id, _ => new LargestCharts(MaxNames))
        .Add(data.LastTotal, chart.Title, () => Draw(chart, data));

    /// <summary>One chart, from its data.</summary>
    public OverviewMetric Draw(ChartId chart, ChartData data)
    {
        var (metric, kind) = (chart.Metric, chart.Metric.Kind);
        var entry = chart.ToEntry();
        return new OverviewMetric(
            chart.Id, chart.Title, metric.Group, metric.Unit, kind.Name, metric.Story.Question, entry.Href, $"/catalogue#{metric.Id}",
            kind.Breakdowns, kind.Breakdowns.FirstOrDefault(), metric.Shape.ToString().ToLowerInvariant(), metric.OutOf, Series(data, metric))
        {
            Ordered = metric.Order is not null,
        };
    }

    /// <summary>The document of what was added.</summary>
    public OverviewDocument Build()
    {
        var metrics = catalogue.Metrics.SelectMany(metric => _largest.TryGetValue(metric.Id, out var charts)
            ? charts.All.OrderBy(chart => chart.Title, metric.Kind.LabelOrder)
            : Enumerable.Empty<OverviewMetric>());
        return new OverviewDocument(
            span.Through, span.IsProvisional, [.. _days.Select(day => span.FirstMs + day * ChartData.DayMs)], [.. metrics]);
    }

    private static IEnumerable<int> Days(int count)
    {
        for (var day = 0; day < count; day++)
        {
            if (count - day <= DailyDays || day % WeekDays == 0)
                yield return day;
        }
    }

    private List<ChartSeries> Series(ChartData data, Metric metric)
    {
        var absent = data.Absent(metric.Kind);
        var columns = data.Labels(metric).Select(label => (Label: label, Values: Pick(data.Columns[label], absent))).ToList();
        var kept = metric.Kind.HasFixedLabels ? [.. data.Columns.Keys] : Largest(columns);
        var rest = columns.Where(column => !kept.Contains(column.Label)).Select(column => column.Values).ToList();
        var series = columns.Where(column => kept.Contains(column.Label)).Select(column => new ChartSeries(column.Label, column.Values)).ToList();
        if (rest.Count > 0)
            series.Add(new ChartSeries(LabelBounds.Other, Sum(rest)));
        return series;
    }

    /// <summary>The labels that are largest today, and those that were over all days; <c>other</c> is not one of them.</summary>
    private static HashSet<string> Largest(List<(string Label, double?[] Values)> columns)
    {
        var named = columns.Where(column => column.Label != LabelBounds.Other).ToList();
        var kept = named.OrderByDescending(column => column.Values.LastOrDefault() ?? 0).Take(LargestToday).Select(column => column.Label).ToHashSet();
        foreach (var (label, _) in named.OrderByDescending(column => column.Values.Sum()))
        {
            if (kept.Count < MaxLabels)
                kept.Add(label);
        }

        return kept;
    }

    private double?[] Pick(ChartColumnValues column, double?[] absent) =>
        [.. _days.Select(day => column.At(day, absent) is { } value ? Math.Round(value, Decimals) : (double?)null)];

    private double?[] Sum(List<double?[]> columns) =>
        [.. Enumerable.Range(0, _days.Length).Select(i => columns.Aggregate((double?)null, (sum, values) => values[i] is { } value ? (sum ?? 0) + value : sum))];
}
