using System.Runtime.CompilerServices;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Reports;

/// <summary>
/// The table SYSTEMS: when each system was first and last seen, for longer than its raw reports are kept. Partition =
/// shard, key = system id: the order of RAW, so that the two are merged as streams.
/// </summary>
public sealed class SystemRegistry(ITableStore store)
{
    private static readonly Column<DateTimeOffset> FirstSeen = new("FirstSeen");
    private static readonly Column<DateTimeOffset> LastSeen = new("LastSeen");

    public static TableSchema Table { get; } = new("SYSTEMS", FirstSeen, LastSeen) { IsPersonal = true };

    /// <summary>The systems of a shard, by id.</summary>
    public async IAsyncEnumerable<KnownSystem> ReadAsync(char shard, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, KeyRange.Partition(shard.ToString()), cancellation: cancellation))
            yield return Read(row);
    }

    /// <summary>A system, or null where it is not known.</summary>
    public async Task<KnownSystem?> FindAsync(SystemId system, CancellationToken cancellation) =>
        await store.FindAsync(Table, system.Shard.ToString(), system.ToString(), cancellation) is { } row ? Read(row) : null;

    /// <summary>Writes up to 100 systems of a shard.</summary>
    public Task WriteAsync(char shard, IReadOnlyList<KnownSystem> systems, CancellationToken cancellation) =>
        store.UpsertAsync(
            Table,
            [.. systems.Select(system => new Row(shard.ToString(), system.Id, FirstSeen.Of(system.FirstSeen), LastSeen.Of(system.LastSeen)))],
            cancellation: cancellation);

    /// <summary>Removes systems of a shard.</summary>
    public Task DeleteAsync(char shard, IReadOnlyList<string> systems, CancellationToken cancellation) =>
        store.DeleteAsync(Table, shard.ToString(), systems, cancellation);

    /// <summary>Makes those that were seen on a day that is not over unseen there, and forgets those that were seen on no other.</summary>
    public async Task TakeBackAsync(Window today, CancellationToken cancellation)
    {
        var yesterday = today.Start - today.Length;
        foreach (var shard in SystemId.Shards)
        {
            var ahead = ReadAsync(shard, cancellation).Where(system => system.LastSeen >= today.Start);
            await foreach (var batch in ahead.Chunk(StorageLimits.MaxBatchRows).WithCancellation(cancellation))
            {
                var known = batch.Where(system => system.FirstSeen < today.Start).Select(system => system with { LastSeen = yesterday }).ToList();
                if (known.Count > 0)
                    await WriteAsync(shard, known, cancellation);
                await DeleteAsync(shard, [.. batch.Where(system => system.FirstSeen >= today.Start).Select(system => system.Id)], cancellation);
            }
        }
    }

    /// <summary>Removes systems that were last seen before <paramref name="day"/>.</summary>
    public async Task DeleteUnseenSinceAsync(DateTimeOffset day, CancellationToken cancellation)
    {
        foreach (var shard in SystemId.Shards)
        {
            var unseen = ReadAsync(shard, cancellation).Where(system => system.LastSeen < day).Select(system => system.Id);
            await foreach (var batch in unseen.Chunk(StorageLimits.MaxBatchRows).WithCancellation(cancellation))
                await DeleteAsync(shard, batch, cancellation);
        }
    }

    private static KnownSystem Read(Row row) => new(row.Key, row.Get(FirstSeen), row.Get(LastSeen));
}

/// <summary>A system of the registry.</summary>
/// <param name="Id">32 hex digits.</param>
/// <param name="FirstSeen">The start of the first day with a report.</param>
/// <param name="LastSeen">The start of the last day with a report that is summarized.</param>
public readonly record struct KnownSystem(string Id, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    /// <summary>The system after it was seen on a day.</summary>
    public KnownSystem SeenOn(DateTimeOffset day) =>
        this with { FirstSeen = day < FirstSeen ? day : FirstSeen, LastSeen = day > LastSeen ? day : LastSeen };
}
