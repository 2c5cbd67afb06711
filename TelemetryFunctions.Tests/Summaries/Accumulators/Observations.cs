using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Summaries.Accumulators;

/// <summary>Gives reports to accumulators, and reads their points.</summary>
internal static class Observations
{
    /// <summary>A field of the report.</summary>
    public static FieldPath Field(string path) =>
        FieldPath.TryFind(path, Report.Descriptor, out var field, out var error) ? field : throw new ArgumentException(error);

    public static void Add(this IAccumulator accumulator, Report report, int ageDays = 1) => accumulator.Add(new Observation(report, ageDays));

    /// <summary>Labels with their values, of one breakdown, in the order of the points.</summary>
    public static List<(string Label, double Value)> Labels(this IAccumulator accumulator, string? by = null, int minimumSystems = 1) =>
        [.. accumulator.Points("m", new LabelBounds(minimumSystems)).Where(point => point.Series == new SeriesKey("m", by)).Select(point => (point.Label, point.Value))];
}
