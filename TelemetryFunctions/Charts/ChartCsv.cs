using System.Globalization;
using System.Text;

namespace TelemetryFunctions.Charts;

/// <summary>Writes a chart as CSV (RFC 4180): a row a day, a column a label.</summary>
internal static class ChartCsv
{
    public static byte[] Write(ChartDocument document)
    {
        var csv = new StringBuilder("day");
        foreach (var series in document.Series)
            csv.Append(',').Append(Quote(series.Label));
        csv.Append("\r\n");
        for (var i = 0; i < document.Times.Count; i++)
        {
            csv.Append(ChartQuery.Day(document.Times[i]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            foreach (var series in document.Series)
                csv.Append(',').Append(series.Values[i]?.ToString("R", CultureInfo.InvariantCulture));
            csv.Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <remarks>Labels come from reports: one that a spreadsheet would run as a formula is marked as text.</remarks>
    private static string Quote(string label)
    {
        var text = label is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + label : label;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
