using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Events.Rollups;

/// <summary>
/// The table USERDAYS: the distinct users of a day as sorted 64-bit hashes. Partition = <c>yyyyMMdd-s</c> with the first hex digit of the
/// hashes, key = chunk. <see cref="UserHashes"/> makes them.
/// </summary>
public sealed class UserDays(ITableStore store)
{
    private const string Shards = "0123456789abcdef";
    private const string DayFormat = "yyyyMMdd";
    private const int ChunkHashes = 7_500;

    internal static readonly Column<byte[]> Data = new("Data");

    public static TableSchema Table { get; } = new("USERDAYS", Data) { IsPersonal = true };

    /// <summary>Makes users all that a day has.</summary>
    public async Task ReplaceAsync(DateOnly day, IEnumerable<ulong> users, CancellationToken cancellation)
    {
        var shards = users.ToLookup(user => (int)(user >> 60));
        foreach (var shard in Enumerable.Range(0, Shards.Length))
        {
            var partition = Partition(day, shard);
            var rows = shards[shard].Order().Chunk(ChunkHashes)
                .Select((chunk, i) => new Row(partition, i.ToString("d6", CultureInfo.InvariantCulture), Data.Of(Pack(chunk))))
                .ToList();
            foreach (var row in rows)
                await store.UpsertAsync(Table, [row], cancellation: cancellation);
            var stale = await store.ScanAsync(Table, KeyRange.Partition(partition), [], cancellation)
                .Select(row => row.Key)
                .Except(rows.Select(row => row.Key).ToAsyncEnumerable())
                .ToListAsync(cancellation);
            await store.DeleteAsync(Table, partition, stale, cancellation);
        }
    }

    /// <summary>How many distinct users there are on a day, and in the spans of days that end with it.</summary>
    /// <param name="last">The day.</param>
    /// <param name="spans">How many days each span has, ascending.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<long>> CountAsync(DateOnly last, IReadOnlyList<int> spans, CancellationToken cancellation)
    {
        var counts = new long[spans.Count];
        var days = Enumerable.Range(0, spans[^1]).Select(ago => ReadAsync(last.AddDays(-ago), cancellation).GetAsyncEnumerator(cancellation)).ToList();
        try
        {
            // All days are sorted alike, so that each user comes once of all of them, the newest day first.
            var next = new PriorityQueue<int, (ulong User, int Ago)>();
            for (var ago = 0; ago < days.Count; ago++)
                await AdvanceAsync(ago);
            ulong? counted = null;
            while (next.TryDequeue(out var ago, out var head))
            {
                for (var span = 0; head.User != counted && span < counts.Length; span++)
                    counts[span] += ago < spans[span] ? 1 : 0;
                counted = head.User;
                await AdvanceAsync(ago);
            }

            async Task AdvanceAsync(int ago)
            {
                if (await days[ago].MoveNextAsync())
                    next.Enqueue(ago, (days[ago].Current, ago));
            }
        }
        finally
        {
            foreach (var day in days)
                await day.DisposeAsync();
        }

        return counts;
    }

    /// <summary>The users of a day, sorted.</summary>
    private async IAsyncEnumerable<ulong> ReadAsync(DateOnly day, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var prefix = day.ToString(DayFormat, CultureInfo.InvariantCulture);
        await foreach (var row in store.ScanAsync(Table, KeyRange.Partitions(prefix + "-", prefix + KeyCodec.Last), [Data], cancellation))
        {
            var hashes = row.Get(Data, []);
            for (var i = 0; i + sizeof(ulong) <= hashes.Length; i += sizeof(ulong))
                yield return BinaryPrimitives.ReadUInt64BigEndian(hashes.AsSpan(i));
        }
    }

    /// <summary>Deletes the days before one.</summary>
    public async Task DeleteBeforeAsync(DateOnly first, CancellationToken cancellation)
    {
        var range = KeyRange.Partitions("0", first.ToString(DayFormat, CultureInfo.InvariantCulture));
        var partitions = await store.ScanAsync(Table, range, [], cancellation).Select(row => row.Partition).Distinct().ToListAsync(cancellation);
        foreach (var partition in partitions)
            await store.DeletePartitionAsync(Table, partition, cancellation);
    }

    private static byte[] Pack(ulong[] hashes)
    {
        var bytes = new byte[hashes.Length * sizeof(ulong)];
        foreach (var (i, hash) in hashes.Index())
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), hash);
        return bytes;
    }

    private static string Partition(DateOnly day, int shard) => $"{day.ToString(DayFormat, CultureInfo.InvariantCulture)}-{Shards[shard]}";
}
