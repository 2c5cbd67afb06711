using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Standalone.Moving;

/// <summary>
/// Enters systems into the registry, so that they keep their age. Of their reports nothing is stored: their days are summarized, and they
/// would be kept for longer than was promised to those who sent them.
/// </summary>
internal sealed class ImportedSystems(SystemRegistry registry, ReportOptions options)
{
    /// <summary>Those that are entered: the others begin in the registry on a day that the service summarizes itself, or are out of it already.</summary>
    /// <param name="systems">When systems were first and last seen.</param>
    /// <param name="through">The end of the last day that is summarized.</param>
    public IEnumerable<KeyValuePair<SystemId, KnownSystem>> Among(IReadOnlyDictionary<SystemId, KnownSystem> systems, DateTimeOffset through) => systems
        .Where(system => system.Value.FirstSeen < through && system.Value.LastSeen >= through.AddDays(-options.RawRetentionDays));

    /// <summary>Enters them.</summary>
    /// <param name="systems">When systems were first and last seen.</param>
    /// <param name="through">The end of the last day that is summarized.</param>
    /// <param name="cancellation">Ends it; doing it again gives the same.</param>
    public async Task WriteAsync(IReadOnlyDictionary<SystemId, KnownSystem> systems, DateTimeOffset through, CancellationToken cancellation)
    {
        // The day after is the service's: a system that is said to be seen there and has sent no report there counts as forgotten.
        var last = through.AddDays(-1);
        var kept = Among(systems, through)
            .GroupBy(system => system.Key.Shard, system => system.Value with { LastSeen = system.Value.LastSeen < last ? system.Value.LastSeen : last });
        foreach (var shard in kept)
        {
            var known = await registry.ReadAsync(shard.Key, cancellation).ToDictionaryAsync(system => system.Id, cancellationToken: cancellation);
            var merged = shard.Select(system => known.TryGetValue(system.Id, out var there) ? there.SeenOn(system.FirstSeen).SeenOn(system.LastSeen) : system);
            foreach (var batch in merged.Chunk(StorageLimits.MaxBatchRows))
                await registry.WriteAsync(shard.Key, batch, cancellation);
        }
    }
}
