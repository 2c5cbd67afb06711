using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>What of a history is written, and what is not.</summary>
internal sealed class ImportPlan
{
    private readonly SortedDictionary<string, PlannedMetric> _metrics = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Refusal, SortedSet<long>> _refused = [];
    private readonly Dictionary<string, HashSet<long>> _days = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);

    /// <summary>What is written, by metric.</summary>
    public IReadOnlyCollection<PlannedMetric> Metrics => _metrics.Values;

    /// <summary>Days that are not written, by what keeps them from it.</summary>
    public IReadOnlyDictionary<Refusal, SortedSet<long>> Refused => _refused;

    /// <summary>Metrics that the catalogue has not.</summary>
    public IReadOnlyCollection<string> Unknown => _unknown;

    /// <summary>Days of a name that are not written, because too few systems carry it.</summary>
    public int DaysOfFew { get; private set; }

    /// <summary>Systems that are entered into the registry.</summary>
    public int Systems { get; set; }

    /// <summary>Days of a series that are not written, because its labels look personal, by metric.</summary>
    public SortedDictionary<string, int> PersonalDays { get; } = new(StringComparer.Ordinal);

    /// <summary>From the first day that is written to the last; null where none is.</summary>
    public WindowSpan? Days
    {
        get
        {
            var days = _metrics.Values.SelectMany(metric => metric.Days).ToList();
            return days.Count == 0 ? null : new WindowSpan(
                DateTimeOffset.FromUnixTimeMilliseconds(days.Min()), DateTimeOffset.FromUnixTimeMilliseconds(days.Max() + ChartData.DayMs));
        }
    }

    /// <summary>The days that a metric is imported of, those too of which nothing may be published.</summary>
    public IReadOnlySet<long> DaysOf(string metric) => _days.GetValueOrDefault(metric) ?? [];

    public bool Has(SeriesKey series) => _metrics.TryGetValue(series.Metric, out var planned) && planned.Series.Contains(series);

    public void AddUnknown(string metric) => _unknown.Add(metric);

    public void Add(FilteredSeries series)
    {
        DaysOfFew += series.TooFew.Count;
        if (series.Personal.Count > 0)
            PersonalDays[series.Series.Metric] = PersonalDays.GetValueOrDefault(series.Series.Metric) + series.Personal.Count;
        foreach (var (ms, refusal) in series.Refused)
        {
            if (!_refused.TryGetValue(refusal, out var days))
                _refused[refusal] = days = [];
            days.Add(ms);
        }

        if (!_days.TryGetValue(series.Series.Metric, out var imported))
            _days[series.Series.Metric] = imported = [];
        imported.UnionWith(series.Points.Select(point => point.Ms).Concat(series.TooFew).Concat(series.Personal));
        if (series.Points.Count == 0)
            return;
        if (!_metrics.TryGetValue(series.Series.Metric, out var metric))
            _metrics[series.Series.Metric] = metric = new PlannedMetric(series.Series.Metric);
        metric.Add(series);
    }
}

/// <summary>What is written of a metric.</summary>
internal sealed class PlannedMetric(string id)
{
    private readonly SortedSet<long> _days = [];
    private readonly HashSet<SeriesKey> _series = [];

    public string Id => id;

    public SortedSet<long> Days => _days;

    public IReadOnlySet<SeriesKey> Series => _series;

    public long Points { get; private set; }

    public void Add(FilteredSeries series)
    {
        _series.Add(series.Series);
        _days.UnionWith(series.Points.Select(point => point.Ms));
        Points += series.Points.Count;
    }
}
