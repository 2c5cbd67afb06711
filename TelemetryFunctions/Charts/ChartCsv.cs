using System.Globalization;
using System.Text;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Charts;

/// <summary>Writes a chart as CSV (RFC 4180): a row a day, a column a label; and beside each day that of the period before, where it is compared.</summary>
internal static class ChartCsv
{
    public static byte[] Write(ChartDocument document)
    {
        var csv = new StringBuilder("day");
        foreach (var series in document.Series)
            csv.Append(',').Append(CsvText.Field(series.Label));
        if (document.Previous is not null)
        {
            csv.Append(",previous day");
            foreach (var series in document.Previous.Series)
                csv.Append(',').Append(CsvText.Field("previous " + series.Label));
        }

        csv.Append(CsvText.LineEnd);
        for (var i = 0; i < document.Times.Count; i++)
        {
            Append(csv, document.Times[i], document.Series, i);
            if (document.Previous is { } previous)
                Append(csv.Append(','), previous.Times[i], previous.Series, i);
            csv.Append(CsvText.LineEnd);
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static void Append(StringBuilder csv, long time, IReadOnlyList<ChartSeries> all, int i)
    {
        csv.Append(ChartQuery.Day(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach (var series in all)
            csv.Append(',').Append(series.Values[i]?.ToString("R", CultureInfo.InvariantCulture));
    }
}
