using System.Globalization;
using System.Runtime.CompilerServices;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Standalone.Moving.Pulp;

/// <summary>The charts of Pulp's site, as this service would have made them.</summary>
internal sealed class PulpHistory(PulpDump dump, ReportOptions options) : History
{
    public override bool IsWhole => true;

    public override IReadOnlyDictionary<SystemId, KnownSystem> Systems => dump.Systems;

    public override IReadOnlyList<string> LeftOut =>
    [
        "medians and percentiles of workers and content apps: a dump has their means only",
        .. HiddenMeans() is > 0 and var days ? [string.Create(CultureInfo.InvariantCulture, $"means of {days:n0} days: too few systems, or unknown how many, can have sent them")] : Array.Empty<string>(),
        .. dump.LeftOut.Select(left => string.Create(CultureInfo.InvariantCulture, $"{left.Value:n0} {left.Key}: no chart is made of these")),
    ];

    public override async IAsyncEnumerable<SeriesPoints> ReadAsync(
        IReadOnlySet<SeriesKey> knownNames, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var names = FindNames(knownNames);
        var series = new Dictionary<SeriesKey, List<SeriesPoint>>();
        foreach (var (day, counts) in dump.Days)
        {
            foreach (var point in counts.Points(BoundsFor(names)).Where(point => point.Series.Name is null or LabelBounds.Other || names.Contains(point.Series.Name)))
            {
                if (!series.TryGetValue(point.Series, out var points))
                    series[point.Series] = points = [];
                points.Add(new SeriesPoint(MoveDays.Ms(day), point.Label, point.Value));
            }
        }

        foreach (var (key, points) in series)
            yield return new SeriesPoints(key, points);
        await Task.CompletedTask;
    }

    /// <summary>The names that have a chart: those that have one already, and those that enough systems carry on enough days.</summary>
    private HashSet<string> FindNames(IReadOnlySet<SeriesKey> known)
    {
        var names = dump.Days.Values
            .SelectMany(day => day.Points(BoundsFor([])).Select(point => point.Series.Name).OfType<string>().Distinct())
            .CountBy(name => name)
            .Where(days => days.Value >= options.MinimumNameDays)
            .Select(days => days.Key);
        return names.Concat(known.Select(series => series.Name!)).ToHashSet(StringComparer.Ordinal);
    }

    private int HiddenMeans() => dump.Days.Values.Count(day => day.HidesMeans(BoundsFor([])));

    private LabelBounds BoundsFor(HashSet<string> names) => new(options.MinimumLabelSystems) { KnownNames = names };
}
