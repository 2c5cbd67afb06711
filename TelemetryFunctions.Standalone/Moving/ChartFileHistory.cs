using System.Runtime.CompilerServices;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>Single charts, as this service or another one has sent them.</summary>
internal sealed class ChartFileHistory(IReadOnlyList<SeriesPoints> charts) : History
{
    public override bool IsWhole => false;

    public override async IAsyncEnumerable<SeriesPoints> ReadAsync(
        IReadOnlySet<SeriesKey> knownNames, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var chart in charts)
            yield return chart;
        await Task.CompletedTask;
    }

    /// <summary>Reads files, all of them before anything is written.</summary>
    /// <exception cref="StartupException">A file is wrong, or two are of the same chart.</exception>
    public static ChartFileHistory Read(IEnumerable<string> files, Func<string, SeriesPoints> read)
    {
        var charts = new Dictionary<SeriesKey, (string File, SeriesPoints Points)>();
        foreach (var file in files)
        {
            var points = read(file);
            if (!charts.TryAdd(points.Series, (file, points)))
                throw new StartupException($"{file} is of the same chart and breakdown as {charts[points.Series].File}; import one of them.");
        }

        return new ChartFileHistory([.. charts.Values.Select(chart => chart.Points)]);
    }
}
