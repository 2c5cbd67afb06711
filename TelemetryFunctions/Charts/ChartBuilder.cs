using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts;

/// <summary>Puts points, which come oldest first, into one column a label.</summary>
internal sealed class ChartBuilder(MetricKind kind)
{
    private readonly List<long> _times = [];
    private readonly SortedDictionary<string, List<double?>> _series = new(kind.LabelOrder);

    public IReadOnlyList<long> Times => _times;

    /// <summary>Adds the days that are done, whether or not they have points.</summary>
    public void AddTimes(long fromMs, long toMs, long stepMs)
    {
        for (var ms = fromMs; ms < toMs; ms += stepMs)
            _times.Add(ms);
    }

    public void Add(long ms, string label, double value)
    {
        var index = _times.BinarySearch(ms);
        if (index < 0)
        {
            index = ~index;
            _times.Add(ms);
        }

        if (!_series.TryGetValue(label, out var values))
            _series[label] = values = [.. Enumerable.Repeat<double?>(null, index)];
        Fill(values, index);
        values.Add(value);
    }

    public IReadOnlyList<ChartSeries> Build()
    {
        foreach (var values in _series.Values)
            Fill(values, _times.Count);
        return [.. _series.Select(series => new ChartSeries(series.Key, series.Value))];
    }

    /// <summary>A label that a day lacks, once it has appeared, counts 0; a mean over nothing has no value.</summary>
    private void Fill(List<double?> values, int count)
    {
        while (values.Count < count)
            values.Add(kind.AbsentIsZero ? 0 : null);
    }
}
