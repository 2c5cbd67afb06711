namespace TelemetryFunctions.Charts.Documents;

/// <summary>The values of a label from the day on which it first appeared to the last on which it did.</summary>
/// <param name="first">The day on which it first appeared, counted from the first of the chart.</param>
/// <param name="values">Values from that day on; not a number where a day has none.</param>
public sealed class ChartColumnValues(int first, List<double> values)
{
    public int First { get; } = first;

    public IReadOnlyList<double> Values => values;

    /// <summary>The value of a day: null before the first, and what <see cref="ChartData.Absent"/> says where the day has none.</summary>
    public double? At(int day, IReadOnlyList<double?> absent) => day < First ? null : Find(day) ?? absent[day];

    /// <summary>The value that a day has itself, or null.</summary>
    public double? Find(int day)
    {
        var index = day - First;
        return index >= 0 && index < values.Count && !double.IsNaN(values[index]) ? values[index] : null;
    }

    /// <summary>The largest value of any day.</summary>
    public double Largest => values.Where(value => !double.IsNaN(value)).DefaultIfEmpty().Max();

    /// <summary>The sums by day, over the days that one of the columns has a value for.</summary>
    public static ChartColumnValues Sum(IReadOnlyCollection<ChartColumnValues> columns)
    {
        var first = columns.Min(column => column.First);
        var sums = Enumerable.Repeat(double.NaN, columns.Max(column => column.First + column.Values.Count) - first).ToList();
        foreach (var column in columns)
        {
            for (var (i, day) = (0, column.First - first); i < column.Values.Count; i++, day++)
            {
                if (!double.IsNaN(column.Values[i]))
                    sums[day] = column.Values[i] + (double.IsNaN(sums[day]) ? 0 : sums[day]);
            }
        }

        return new ChartColumnValues(first, sums);
    }

    internal void Set(int day, double value)
    {
        while (values.Count < day - First)
            values.Add(double.NaN);
        values.Add(value);
    }
}
