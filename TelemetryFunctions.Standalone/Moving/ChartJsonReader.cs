using System.Text.Json;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Reads a chart's JSON, as <c>GET /charts/{id}</c> sends it.</summary>
internal static class ChartJsonReader
{
    /// <exception cref="FormatException">It is none.</exception>
    public static ChartDocument Read(Stream json)
    {
        try
        {
            var chart = JsonSerializer.Deserialize(json, ApiJson.Default.ChartDocument) is { Id: not null, Times: not null, Series: not null } document
                && document.Series.All(series => series is { Label: not null, Values: not null } && series.Values.Count == document.Times.Count)
                && (document.Counted is null || document.Counted.Count == document.Times.Count)
                    ? document
                    : throw new FormatException("is no chart; it must have id, times and series, with a label and as many values as there are times.");
            var labels = chart.Series.Select(series => series.Label).Concat(chart.Counted is null ? [] : [LabelBounds.Counted]);
            return labels.GroupBy(label => label).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? throw new FormatException($"has the label \"{twice.Key}\" twice.")
                : chart;
        }
        catch (JsonException e)
        {
            throw new FormatException($"is no chart as /charts/{{id}} sends it: {e.Message}", e);
        }
    }

    /// <summary>The points of the days that are over, oldest first.</summary>
    /// <exception cref="FormatException">A time is no day.</exception>
    public static SeriesPoints Points(ChartDocument document, SeriesKey series)
    {
        var points = new List<SeriesPoint>();
        var lastMs = document.Through is { } through ? ChartQuery.Ms(through) : long.MaxValue;
        foreach (var (i, ms) in document.Times.Index().Where(time => time.Item <= lastMs))
        {
            if (!MoveDays.IsStart(ms) || (i > 0 && ms <= document.Times[i - 1]))
                throw new FormatException($"has {ms} among its times; they must be the starts of days, epoch ms, one after the other.");
            MoveDays.Check(ChartQuery.Day(ms));
            foreach (var (label, values) in document.Series)
            {
                if (values[i] is { } value)
                    points.Add(new SeriesPoint(ms, label, value));
            }

            if (document.Counted?[i] is { } counted)
                points.Add(new SeriesPoint(ms, LabelBounds.Counted, counted));
        }

        return new SeriesPoints(series, points);
    }
}
