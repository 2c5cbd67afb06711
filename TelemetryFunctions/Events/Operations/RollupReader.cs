using TelemetryFunctions.Events.Rollups;

namespace TelemetryFunctions.Events.Operations;

/// <summary>Reads rollups.</summary>
public sealed class RollupReader(RollupStore rollups)
{
    /// <summary>Whether anything was rolled up yet.</summary>
    public Task<bool> HasAnyAsync(CancellationToken cancellation) => rollups.HasAnyAsync(cancellation);

    /// <summary>A rollup between two days, both included.</summary>
    public async Task<RollupDocument> ReadAsync(Rollup rollup, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var windows = await rollups.ReadAsync(rollup, new(from, TimeOnly.MinValue, TimeSpan.Zero), new(to, TimeOnly.MaxValue, TimeSpan.Zero), cancellation).ToListAsync(cancellation);
        var values = rollup.Values.Select(_ => new Dictionary<string, double?[]>(StringComparer.Ordinal)).ToList();
        foreach (var (i, (_, stored)) in windows.Index())
        {
            for (var place = 0; place < stored.Numbers.Count; place++)
            {
                if (stored.Numbers[place] is var number && double.IsNaN(number))
                    continue;
                var (label, series) = (stored.Labels[place / values.Count], values[place % values.Count]);
                if (!series.TryGetValue(label, out var numbers))
                    series[label] = numbers = new double?[windows.Count];
                numbers[i] = number;
            }
        }

        return new RollupDocument(
            rollup.Id,
            rollup.Title,
            RollupQuery.StepOf(rollup),
            [.. windows.Select(window => window.Ms)],
            [.. values.SelectMany((series, i) => series.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => new RollupSeries(label.Key, rollup.Values[i], label.Value)))]);
    }
}
