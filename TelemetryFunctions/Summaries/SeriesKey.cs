using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Summaries;

/// <summary>
/// What a partition of SUMMARY holds: one breakdown of a metric, of one name where the metric has a chart for
/// every name that systems report.
/// </summary>
/// <param name="Metric">The metric's id, <c>[a-z0-9-]+</c>.</param>
/// <param name="By">The breakdown, such as <c>xy</c> or <c>median</c>; null where there is only one.</param>
/// <param name="Name">A name from the reports, such as a component's; null where the metric has none.</param>
public sealed record SeriesKey(string Metric, string? By = null, string? Name = null)
{
    private const char ByMark = '.';

    /// <summary>The partition key: <c>metric</c>, <c>metric.by</c>, with <c>~name</c> behind where there is one.</summary>
    public string Partition => Metric + (By is null ? "" : ByMark + By) + (Name is null ? "" : KeyCodec.Separator + KeyCodec.Encode(Name));

    /// <summary>The key that <see cref="Partition"/> wrote.</summary>
    public static SeriesKey Parse(string partition)
    {
        var (head, name) = Split(partition, KeyCodec.Separator);
        var (metric, by) = Split(head, ByMark);
        return new SeriesKey(metric, by, name is null ? null : KeyCodec.Decode(name));
    }

    private static (string, string?) Split(string text, char mark) =>
        text.IndexOf(mark) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);
}

/// <summary>The value of one label in one window.</summary>
public readonly record struct Point(SeriesKey Series, string Label, double Value);
