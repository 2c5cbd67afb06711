using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Documents;

/// <summary>The points of a series in columns, one a label, over days that follow one another without a gap.</summary>
/// <param name="firstMs">The start of the first day, epoch ms.</param>
public sealed class ChartData(long firstMs)
{
    /// <summary>Milliseconds of a day.</summary>
    public const long DayMs = 86_400_000;

    /// <summary>Labels that have a column of their own, beside <c>other</c>; more than a day brings.</summary>
    public const int MaxLabels = 1_000;

    private readonly Dictionary<string, ChartColumnValues> _columns = new(StringComparer.Ordinal);

    /// <summary>The start of the first day, epoch ms.</summary>
    public long FirstMs => firstMs;

    /// <summary>How many days there are.</summary>
    public int Days { get; private set; }

    /// <summary>The end of the last day, epoch ms.</summary>
    public long EndMs => FirstMs + Days * DayMs;

    /// <summary>The columns by label.</summary>
    public IReadOnlyDictionary<string, ChartColumnValues> Columns => _columns;

    /// <summary>Makes room for days, whether or not they have points.</summary>
    public void Extend(long endMs)
    {
        var days = (int)((endMs - FirstMs) / DayMs);
        if (days <= Days)
            return;
        FoldLabels();
        Days = days;
    }

    /// <summary>Adds a point. Points come oldest first.</summary>
    public void Add(long ms, string label, double value)
    {
        Extend(ms + DayMs);
        var day = (int)((ms - FirstMs) / DayMs);
        if (!_columns.TryGetValue(label, out var column))
            _columns[label] = column = new ChartColumnValues(day, []);
        column.Set(day, value);
    }

    /// <summary>
    /// Adds up the labels beyond <see cref="MaxLabels"/> in <c>other</c>: what remains are those of the last day, largest first,
    /// and then those that were largest on any day.
    /// </summary>
    /// <remarks>
    /// Each day with points is folded by itself, before the next one is added, so that the columns are the same whether days were
    /// added one by one, with the data stored in between, or all at once.
    /// </remarks>
    public void FoldLabels()
    {
        if (_columns.Count <= MaxLabels)
            return;

        var folded = _columns
            .Where(column => column.Key is not (LabelBounds.Other or LabelBounds.Counted))
            .OrderByDescending(column => column.Value.Find(Days - 1) ?? 0)
            .ThenByDescending(column => column.Value.Largest)
            .ThenBy(column => column.Key, StringComparer.Ordinal)
            .Skip(MaxLabels)
            .ToList();
        if (folded.Count == 0)
            return;

        if (_columns.TryGetValue(LabelBounds.Other, out var other))
            folded.Add(new(LabelBounds.Other, other));
        foreach (var (label, _) in folded)
            _columns.Remove(label);
        _columns[LabelBounds.Other] = ChartColumnValues.Sum([.. folded.Select(column => column.Value)]);
    }

    /// <summary>Adds a column as it was stored.</summary>
    public void Add(string label, ChartColumnValues column) => _columns.Add(label, column);

    /// <summary>The document for readers.</summary>
    /// <param name="chart">What it is a chart of.</param>
    /// <param name="throughMs">The end of the last day that is done, epoch ms; null before the first.</param>
    public ChartDocument ToDocument(ChartId chart, long? throughMs)
    {
        var span = new ChartSpan(FirstMs, throughMs, EndMs);
        return new ChartDocument(
            chart.Id,
            chart.Title,
            chart.Metric.Unit,
            span.Through,
            span.IsProvisional,
            [.. Enumerable.Range(0, Days).Select(day => FirstMs + day * DayMs)],
            Series(chart.Metric))
        {
            Counted = Counted(),
        };
    }

    /// <summary>What all labels have on the last day together.</summary>
    public double LastTotal => _columns.Where(column => column.Key != LabelBounds.Counted).Sum(column => column.Value.Find(Days - 1) ?? 0);

    /// <summary>
    /// How many systems there are on each day, where one can have several labels; null where a day's labels add up to its systems, and
    /// for a chart in which all days do.
    /// </summary>
    public IReadOnlyList<double?>? Counted() =>
        _columns.TryGetValue(LabelBounds.Counted, out var column) ? [.. Enumerable.Range(0, Days).Select(column.Find)] : null;

    /// <summary>
    /// What a label counts on each day that has no value for it. It is 0 only where those that have one are all that there is. It is
    /// not known, null, on a day of which nothing is known, as when nobody reported or too few did; where the label may be one of
    /// those that are counted as <c>other</c>; and in a chart of means.
    /// </summary>
    public double?[] Absent(MetricKind kind)
    {
        var absent = new double?[Days];
        if (!kind.AbsentIsZero)
            return absent;

        foreach (var column in _columns.Values)
        {
            foreach (var (i, value) in column.Values.Index())
            {
                if (!double.IsNaN(value))
                    absent[column.First + i] = 0;
            }
        }

        if (_columns.TryGetValue(LabelBounds.Other, out var other))
        {
            foreach (var (i, value) in other.Values.Index())
            {
                if (value > 0)
                    absent[other.First + i] = null;
            }
        }

        return absent;
    }

    /// <summary>The labels in the order of the chart.</summary>
    public IEnumerable<string> Labels(Metric metric) => _columns.Keys.Where(label => label != LabelBounds.Counted).Order(metric.LabelOrder);

    /// <summary>The values of every label, in the order of the chart.</summary>
    public IReadOnlyList<ChartSeries> Series(Metric metric)
    {
        var absent = Absent(metric.Kind);
        return [.. Labels(metric).Select(label => new ChartSeries(label, [.. Enumerable.Range(0, Days).Select(day => _columns[label].At(day, absent))]))];
    }
}
