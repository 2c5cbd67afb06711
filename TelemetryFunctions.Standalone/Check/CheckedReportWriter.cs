using System.Globalization;

namespace TelemetryFunctions.Standalone.Check;

/// <summary>Writes what the service makes of reports.</summary>
internal static class CheckedReportWriter
{
    /// <summary>Writes one report.</summary>
    public static async Task WriteAsync(TextWriter output, string file, CheckedReport report)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{file}: {report.Bytes} bytes, {report.GzippedBytes} with gzip"));
        await output.WriteLineAsync(report switch
        {
            { Refusal: { } refusal } => $"  refused: {OneLine(refusal)}",
            { Unwanted: { } unwanted } => $"  ignored: {unwanted}",
            _ => "  accepted",
        });

        foreach (var exclusion in report.Exclusions)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  does not count{(exclusion.Days is { } days ? $" in its first {days} days" : "")}{(exclusion.MoreReportsThan is { } reports ? $" with more than {reports} reports a day" : "")} ({exclusion.Rule}): {exclusion.Because}"));

        var width = report.Readings.Select(reading => reading.Metric.Id.Length).DefaultIfEmpty().Max();
        foreach (var reading in report.Readings)
            await output.WriteLineAsync($"  {reading.Metric.Id.PadRight(width)}  {Text(reading)}");
        if (report.Unread.Count > 0)
            await output.WriteLineAsync($"  no metric reads: {string.Join(", ", report.Unread)}");
    }

    /// <summary>Writes which fields no report said: one that is misspelt in the catalogue is among them.</summary>
    public static async Task WriteUnsaidAsync(TextWriter output, IReadOnlyList<CheckedReport> reports)
    {
        var read = reports.Where(report => report.Readings.Count > 0).ToList();
        if (read.Count == 0)
            return;

        var unsaid = read[0].Readings
            .Select(reading => reading.Metric)
            .Where((metric, i) => metric.FieldName is not null && read.TrueForAll(report => report.Readings[i] is { Sent: null, Unreadable: null }))
            .Select(metric => $"{metric.FieldName} ({metric.Id})")
            .ToList();
        if (unsaid.Count == 0)
            return;

        await output.WriteLineAsync();
        await output.WriteLineAsync($"No report says: {string.Join(", ", unsaid)}");
    }

    private static string Text(MetricReading reading)
    {
        if (reading.Unreadable is { } error)
            return $"unreadable: {error}";
        if (reading is { Metric.Field: not null, Sent: null })
            return "nothing";
        var counted = reading.Counted.Count == 0 ? "nothing" : string.Join(", ", reading.Counted);
        return reading.Sent is { } sent ? $"{sent} counts as {counted}" : $"counts as {counted}";
    }

    // The parsers' errors may have lines.
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
