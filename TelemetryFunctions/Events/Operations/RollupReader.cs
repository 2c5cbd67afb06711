using TelemetryFunctions.Events.Rollups;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Events.Operations;

/// <summary>Reads rollups.</summary>
public sealed class RollupReader(PointStore points)
{
    /// <summary>A rollup between two days, both included.</summary>
    public async Task<RollupDocument> ReadAsync(Rollup rollup, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var start = new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero);
        var end = new DateTimeOffset(to, TimeOnly.MaxValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var series = new SortedDictionary<(int Value, string Label), Dictionary<long, double>>();
        foreach (var (i, value) in rollup.Values.Index())
        {
            await foreach (var (ms, label, number) in points.ReadPointsAsync(rollup.Series(value), start, cancellation).TakeWhile(point => point.Ms <= end).WithCancellation(cancellation))
            {
                if (!series.TryGetValue((i, label), out var values))
                    series[(i, label)] = values = [];
                values[ms] = number;
            }
        }

        var times = series.Values.SelectMany(values => values.Keys).Distinct().Order().ToList();
        return new RollupDocument(
            rollup.Id,
            rollup.Title,
            rollup.Step == TimeSpan.FromDays(1) ? "day" : "hour",
            times,
            [.. series.Select(pair => new RollupSeries(
                pair.Key.Label, rollup.Values[pair.Key.Value], [.. times.Select(time => pair.Value.TryGetValue(time, out var number) ? number : (double?)null)]))]);
    }
}
