using System.Globalization;
using System.Text;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Charts;

/// <summary>Writes a chart as CSV (RFC 4180): a row a day, a column a label.</summary>
internal static class ChartCsv
{
    public static byte[] Write(ChartDocument document)
    {
        var csv = new StringBuilder("day");
        foreach (var series in document.Series)
            csv.Append(',').Append(CsvText.Field(series.Label));
        csv.Append(CsvText.LineEnd);
        for (var i = 0; i < document.Times.Count; i++)
        {
            csv.Append(ChartQuery.Day(document.Times[i]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            foreach (var series in document.Series)
                csv.Append(',').Append(series.Values[i]?.ToString("R", CultureInfo.InvariantCulture));
            csv.Append(CsvText.LineEnd);
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}
