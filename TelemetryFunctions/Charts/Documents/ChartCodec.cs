using Google.Protobuf;
using TelemetryFunctions.Charts.Schema;

namespace TelemetryFunctions.Charts.Documents;

/// <summary>Writes chart data as <c>summary.proto</c> has it, compressed, and back; to the last digit.</summary>
public static class ChartCodec
{
    // Beyond it a double is not every whole number any more.
    private const double MaxWhole = 1L << 53;

    public static byte[] Write(ChartData data)
    {
        var chart = new ChartColumns { FirstMs = data.FirstMs, StepMs = ChartData.DayMs, Windows = (uint)data.Days };
        foreach (var (label, column) in data.Columns.OrderBy(column => column.Key, StringComparer.Ordinal))
            chart.Columns.Add(Write(label, column));
        return Compression.Brotli(chart.ToByteArray());
    }

    /// <exception cref="IOException">These are no chart data.</exception>
    /// <exception cref="InvalidDataException">These are no compressed data.</exception>
    public static ChartData Read(byte[] bytes)
    {
        var chart = ChartColumns.Parser.ParseFrom(Compression.ReadBrotli(bytes));
        var data = new ChartData(chart.FirstMs);
        data.Extend(chart.FirstMs + chart.Windows * ChartData.DayMs);
        foreach (var column in chart.Columns)
            data.Add(column.Label, new ChartColumnValues((int)column.First, Values(column)));
        return data;
    }

    private static ChartColumn Write(string label, ChartColumnValues values)
    {
        var column = new ChartColumn { Label = label, First = (uint)values.First };
        if (!values.Values.All(IsWhole))
        {
            column.Numbers.Add(values.Values);
            return column;
        }

        long before = 0;
        foreach (var value in values.Values)
        {
            column.Differences.Add((long)value - before);
            before = (long)value;
        }

        return column;
    }

    private static List<double> Values(ChartColumn column)
    {
        if (column.Numbers.Count > 0)
            return [.. column.Numbers];

        var values = new List<double>(column.Differences.Count);
        long value = 0;
        foreach (var difference in column.Differences)
            values.Add(value += difference);
        return values;
    }

    /// <summary>Not so for NaN, and not for a zero with a sign, which a whole number has not.</summary>
    private static bool IsWhole(double value) =>
        Math.Abs(value) <= MaxWhole && double.IsInteger(value) && !(value == 0 && double.IsNegative(value));
}
