using System.Globalization;
using System.Text;
using TelemetryFunctions.Charts.Documents;

namespace TelemetryFunctions.Charts.Export;

/// <summary>Names the files of an export.</summary>
internal static class ExportFile
{
    /// <summary>1980-01-01, epoch ms: before it there is no time in an archive.</summary>
    public const long FirstMs = 315_532_800_000;

    // What Windows forbids, what means something in a path, and what marks the others.
    private const string Marked = "<>:\"/\\|?*%";

    /// <summary>
    /// The name of a chart's file: that of the metric, or one below it for each name. Names come from reports, so each is one segment,
    /// whatever it holds, and ends in something of ours.
    /// </summary>
    public static string NameOf(ChartOfSeries chart) => NameOf(chart.Id.Metric.Id, chart.By, chart.Id.Name);

    /// <summary>The same for a series.</summary>
    public static string NameOf(string metric, string? by, string? name) =>
        metric + (name is null ? "" : "/" + Segment(name)) + (by is null ? "" : "." + by) + ".csv";

    /// <summary>The name that a file's is of; what is not escaped stands for itself.</summary>
    public static string ReadSegment(string segment) => Uri.UnescapeDataString(segment);

    private static string Segment(string name)
    {
        var segment = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || (rune.IsAscii && Marked.Contains((char)rune.Value)))
                segment.Append(CultureInfo.InvariantCulture, $"%{rune.Value:X2}");
            else
                segment.Append(rune);
        }

        return segment.ToString();
    }
}
