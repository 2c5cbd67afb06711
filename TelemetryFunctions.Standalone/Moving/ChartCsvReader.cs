using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using TelemetryFunctions.Http;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Reads a chart's CSV: a row a day, a column a label, nothing where nothing is known.</summary>
internal static class ChartCsvReader
{
    private const string Day = "day";
    private const string PreviousDay = "previous day";

    /// <summary>The points, oldest first.</summary>
    /// <param name="file">The name of the file, for errors.</param>
    /// <param name="text">Its contents.</param>
    /// <param name="series">What it is of.</param>
    /// <param name="checkLabel">What is wrong with a label, the rest of a sentence; null where nothing is.</param>
    /// <exception cref="StartupException">Something in it is wrong; the message names file and line.</exception>
    public static SeriesPoints Read(string file, TextReader text, SeriesKey series, Func<string, string?> checkLabel)
    {
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Mode = CsvMode.RFC4180, IgnoreBlankLines = true });
        if (Read(csv, file) is not [Day, .. var columns])
            throw Wrong(file, 1, $"must begin with the column {Day}, as a chart's CSV does.");

        var labels = columns.Select(CsvText.Unmark).ToList();
        if (labels.Contains(PreviousDay))
            throw Wrong(file, 1, "compares two periods; ask for the CSV without compare.");
        if (labels.GroupBy(label => label).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Wrong(file, 1, $"has the column \"{twice.Key}\" twice.");
        if (labels.Select(checkLabel).FirstOrDefault(error => error is not null) is { } wrong)
            throw Wrong(file, 1, wrong);

        var days = new SortedDictionary<long, List<SeriesPoint>>();
        while (Read(csv, file) is { } record)
        {
            try
            {
                var (ms, points) = ReadDay(record, labels);
                if (!days.TryAdd(ms, points))
                    throw new FormatException($"has {record[0]} a second time.");
            }
            catch (FormatException e)
            {
                throw Wrong(file, csv.RawRow, e.Message);
            }
        }

        return new SeriesPoints(series, [.. days.Values.SelectMany(points => points)]);
    }

    /// <summary>The next row, or null behind the last one.</summary>
    private static string[]? Read(CsvParser csv, string file)
    {
        var line = csv.RawRow + 1;
        try
        {
            return csv.Read() ? csv.Record : null;
        }
        catch (BadDataException e)
        {
            throw Wrong(file, line, "has a quotation mark in a field that does not begin with one, or one that is never closed, which CSV does not have.", e);
        }
    }

    private static (long Ms, List<SeriesPoint> Points) ReadDay(string[] fields, List<string> labels)
    {
        if (fields.Length != labels.Count + 1)
            throw new FormatException($"has {fields.Length} fields, and the first line has {labels.Count + 1}.");
        if (!DateOnly.TryParseExact(fields[0], MoveDays.Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new FormatException($"begins with \"{fields[0]}\"; it must be a day as 2026-01-31.");
        MoveDays.Check(day);

        var ms = MoveDays.Ms(day);
        var points = new List<SeriesPoint>();
        foreach (var (label, field) in labels.Zip(fields.Skip(1)).Where(cell => cell.Second.Length > 0))
        {
            if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                throw new FormatException($"has \"{field}\" in the column \"{label}\"; it must be a number, with a point before its decimals, or empty.");
            points.Add(new SeriesPoint(ms, label, value));
        }

        return (ms, points);
    }

    private static StartupException Wrong(string file, int line, string what, Exception? inner = null) => new($"{file}, line {line}: {what}", inner);
}
