using System.Collections.Concurrent;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Overview;

/// <summary>Reduces charts to what the page draws before anybody asks for more. Charts may be added from several threads.</summary>
/// <param name="catalogue">The metrics.</param>
/// <param name="span">The days that are drawn.</param>
public sealed class OverviewBuilder(MetricCatalogue catalogue, ChartSpan span)
{
    /// <summary>Charts of one metric; the list of charts has all.</summary>
    public const int MaxNames = 48;

    private const int Decimals = 3;

    // A year is drawn day by day, and a month more for what is compared with its first day; of what is older, one day of each week.
    private const int DailyDays = 400;
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
            Headline = catalogue.Headlines.Contains(metric),
            Counted = data.Counted() is { } counted ? [.. _days.Select(day => counted[day])] : null,
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
            // The last day is of a week that is drawn, so that all that are drawn are whole weeks apart.
            if (count - day <= DailyDays || (count - 1 - day) % WeekDays == 0)
                yield return day;
        }
    }

    private List<ChartSeries> Series(ChartData data, Metric metric)
    {
        var absent = data.Absent(metric.Kind);
        var labels = data.Labels(metric).ToList();
        if (metric.Kind.HasFixedLabels || (metric.Order is not null && labels.Count <= LabelGroups.Most))
            return [.. labels.Select(label => new ChartSeries(label, Pick(data.Columns[label], absent)))];
        return [.. LabelGroups.Of(labels, data).Select(group => new ChartSeries(group.Label, Sum([.. group.Of.Select(label => Pick(data.Columns[label], absent))])))];
    }

    private double?[] Pick(ChartColumnValues column, double?[] absent) =>
        [.. _days.Select(day => column.At(day, absent) is { } value ? Math.Round(value, Decimals) : (double?)null)];

    private double?[] Sum(List<double?[]> columns) =>
        [.. Enumerable.Range(0, _days.Length).Select(i => columns.Aggregate((double?)null, (sum, values) => values[i] is { } value ? (sum ?? 0) + value : sum))];
}
