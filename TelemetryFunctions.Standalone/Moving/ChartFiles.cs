using TelemetryFunctions.Charts;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Reads files of single charts.</summary>
/// <param name="catalogue">The metrics that there are.</param>
/// <param name="chart">The id of the chart that the files are of; null where they tell.</param>
/// <param name="by">The breakdown; null where they tell, or for the one that is shown where none is asked for.</param>
internal sealed class ChartFiles(MetricCatalogue catalogue, string? chart, string? by)
{
    /// <exception cref="StartupException">It can't be read, or something in it is wrong.</exception>
    public SeriesPoints ReadCsv(string file)
    {
        var found = chart is not null ? ChartFileName.Find(chart, by, catalogue)
            : ChartFileName.Read(file, catalogue) is { } named && (by is null || named.By == by) ? named
            : throw new StartupException($"{file} does not say by its name which chart it is of, as components/core.xyz.csv does; say --chart ID, and --by where it has breakdowns.");
        using var text = Open(file, path => new StreamReader(path));
        return Checked(file, found.Id.Metric, ChartCsvReader.Read(file, text, found.Series, label => CheckLabel(found.Id.Metric, label)));
    }

    /// <exception cref="StartupException">It can't be read, or something in it is wrong.</exception>
    public SeriesPoints ReadJson(string file)
    {
        try
        {
            using var json = Open(file, File.OpenRead);
            var document = ChartJsonReader.Read(json);
            var found = ChartFileName.Find(chart ?? document.Id, by, catalogue);
            if (document.Series.Select(series => CheckLabel(found.Id.Metric, series.Label)).FirstOrDefault(error => error is not null) is { } wrong)
                throw new FormatException(wrong);
            return Checked(file, found.Id.Metric, ChartJsonReader.Points(document, found.Series));
        }
        catch (FormatException e)
        {
            throw new StartupException($"{file} {e.Message}", e);
        }
    }

    /// <summary>Only numbers that systems send can be below 0, not numbers of systems.</summary>
    private static SeriesPoints Checked(string file, Metric metric, SeriesPoints chart) =>
        !metric.Kind.AbsentIsZero || chart.Points.All(point => point.Value >= 0)
            ? chart
            : throw new StartupException($"{file} has a number below 0 on {MoveDays.Write(ChartQuery.Day(chart.Points.First(point => point.Value < 0).Ms))}; {metric.Id} counts systems.");

    /// <summary>What is wrong with a label, the rest of a sentence; null where nothing is.</summary>
    private static string? CheckLabel(Metric metric, string label)
    {
        if (label is LabelBounds.Other or LabelBounds.Counted)
            return null;
        if (metric.Kind.LabelsOf?.Invoke(metric) is { } labels && !labels.Contains(label))
            return $"has \"{label}\"; the labels of {metric.Id} are {string.Join(", ", labels)}.";
        return LabelText.Fits(label) && LabelText.Clean(label) == label
            ? null
            : $"has a label that no chart has, \"{label}\": at most {LabelText.MaxLength} characters, without white space around it.";
    }

    private static T Open<T>(string file, Func<string, T> open)
    {
        try
        {
            return open(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{file} can't be read: {e.Message}", e);
        }
    }
}
