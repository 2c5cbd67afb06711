using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Events.Rollups;

/// <summary>
/// The table USERDAYS: the distinct users of a day as sorted 64-bit hashes. Partition = <c>yyyyMMdd-s</c> with the first hex digit of the
/// hashes, key = chunk. The row <c>key</c> of the partition <c>key</c> has the random key of the hashes, so that nobody who has the table alone can ask
/// it for a user.
/// </summary>
public sealed class UserDays(ITableStore store)
{
    private const string Shards = "0123456789abcdef";
    private const string DayFormat = "yyyyMMdd";
    private const string KeyName = "key";
    private const int KeyBytes = 32;
    private const int ChunkHashes = 7_500;

    private static readonly Column<byte[]> Data = new("Data");

    private byte[]? _key;

    public static TableSchema Table { get; } = new("USERDAYS", Data) { IsPersonal = true };

    /// <summary>Makes hashes of users.</summary>
    public async Task<Func<string, ulong>> GetHashAsync(CancellationToken cancellation)
    {
        var key = _key ??= await FindOrAddKeyAsync(cancellation);
        return user => BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(user)));
    }

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

    /// <summary>How many distinct users some days have together.</summary>
    public async Task<long> CountAsync(DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        long count = 0;
        foreach (var shard in Enumerable.Range(0, Shards.Length))
        {
            // A shard at a time: a sixteenth of all users is in memory.
            var users = new HashSet<ulong>();
            for (var day = first; day <= last; day = day.AddDays(1))
            {
                await foreach (var row in store.ScanAsync(Table, KeyRange.Partition(Partition(day, shard)), [Data], cancellation))
                    Unpack(row.Get(Data, []), users);
            }

            count += users.Count;
        }

        return count;
    }

    /// <summary>Deletes the days before one.</summary>
    public async Task DeleteBeforeAsync(DateOnly first, CancellationToken cancellation)
    {
        var range = KeyRange.Partitions("0", first.ToString(DayFormat, CultureInfo.InvariantCulture));
        var partitions = await store.ScanAsync(Table, range, [], cancellation).Select(row => row.Partition).Distinct().ToListAsync(cancellation);
        foreach (var partition in partitions)
            await store.DeletePartitionAsync(Table, partition, cancellation);
    }

    private async Task<byte[]> FindOrAddKeyAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (await store.FindAsync(Table, KeyName, KeyName, cancellation) is { } row)
                return row.Get(Data);

            var key = RandomNumberGenerator.GetBytes(KeyBytes);
            if (await store.TryWriteAsync(Table, new Row(KeyName, KeyName, Data.Of(key)), null, cancellation) is not null)
                return key;
        }
    }

    private static byte[] Pack(ulong[] hashes)
    {
        var bytes = new byte[hashes.Length * sizeof(ulong)];
        foreach (var (i, hash) in hashes.Index())
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), hash);
        return bytes;
    }

    private static void Unpack(ReadOnlySpan<byte> bytes, HashSet<ulong> users)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            users.Add(BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    private static string Partition(DateOnly day, int shard) => $"{day.ToString(DayFormat, CultureInfo.InvariantCulture)}-{Shards[shard]}";
}
