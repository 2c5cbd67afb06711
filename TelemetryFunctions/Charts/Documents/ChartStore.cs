using System.Collections.Concurrent;
using System.Globalization;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Charts.Documents;

/// <summary>
/// The table CHARTS: partition = series, key = chunk number. Chunk 0 is the head, which says what chunks there are; a document is
/// replaced by writing chunks that nobody reads yet and then, in the same transaction where all fit into one, the head.
/// </summary>
public sealed class ChartStore(ITableStore store)
{
    /// <summary>Bytes of a chunk: what fits into one column, with room for what a service adds.</summary>
    public const int ChunkBytes = 60 * 1024;

    /// <summary>The partition of the overview. No metric has this id.</summary>
    public const string Overview = "overview";

    private const int ReadAttempts = 8;

    private static readonly Column<byte[]> Data = new("Data");
    private static readonly Column<string> Tag = new("Tag");
    private static readonly Column<long> ThroughMs = new("ThroughMs");
    private static readonly Column<long> First = new("First");
    private static readonly Column<long> DataChunks = new("DataChunks");
    private static readonly Column<long> BrotliChunks = new("BrotliChunks");
    private static readonly Column<long> GzipChunks = new("GzipChunks");

    public static TableSchema Table { get; } = new("CHARTS", Data, Tag, ThroughMs, First, DataChunks, BrotliChunks, GzipChunks);

    // Where nobody else writes, the tags that were read stand until this writes: every request for a chart asks for one.
    private readonly ConcurrentDictionary<string, (string Tag, long Writes)> _tags = new(StringComparer.Ordinal);
    private long _writes;

    /// <summary>The tag of the document that there is now, or null.</summary>
    public async ValueTask<string?> FindTagAsync(string partition, CancellationToken cancellation)
    {
        var writes = Interlocked.Read(ref _writes);
        if (_tags.TryGetValue(partition, out var known) && known.Writes == writes)
            return known.Tag;

        var tag = (await store.FindAsync(Table, partition, Key(0), cancellation))?.Get(Tag);
        if (tag is not null && store.IsExclusive)
            _tags[partition] = (tag, writes);
        return tag;
    }

    /// <summary>The document, or null where there is none, or only a part of one.</summary>
    public async Task<StoredChart?> ReadAsync(string partition, CancellationToken cancellation)
    {
        // What is replaced while it is read lacks chunks, and is there when asked again.
        for (var attempt = 0; attempt < ReadAttempts; attempt++)
        {
            var rows = await store.ScanAsync(Table, KeyRange.Partition(partition), cancellation: cancellation)
                .ToDictionaryAsync(row => row.Key, cancellationToken: cancellation);
            if (!rows.TryGetValue(Key(0), out var head))
                return null;

            var first = head.Get(First);
            var counts = new[] { head.Get(DataChunks), head.Get(BrotliChunks), head.Get(GzipChunks) };
            var chunks = Range(first, counts.Sum()).Select(key => rows.GetValueOrDefault(key)?.Get(Data)).ToList();
            if (!chunks.Contains(null))
            {
                var parts = counts.Select((count, part) => Join(chunks.Skip((int)counts.Take(part).Sum()).Take((int)count))).ToList();
                return new StoredChart(head.Get(Tag), head.Get(ThroughMs), parts[0], parts[1], parts[2]);
            }
        }

        return null;
    }

    /// <summary>Replaces the document.</summary>
    public Task WriteAsync(string partition, StoredChart chart, CancellationToken cancellation) =>
        ChangeAsync(() => ReplaceAsync(partition, chart, cancellation));

    /// <summary>Deletes every document but those of some partitions.</summary>
    public Task KeepOnlyAsync(IReadOnlySet<string> kept, CancellationToken cancellation) => ChangeAsync(() => DeleteOthersAsync(kept, cancellation));

    /// <remarks>A tag that is read while this goes on is of before or of after it, and so stands for neither.</remarks>
    private async Task ChangeAsync(Func<Task> change)
    {
        Interlocked.Increment(ref _writes);
        try
        {
            await change();
        }
        finally
        {
            Interlocked.Increment(ref _writes);
        }
    }

    private async Task ReplaceAsync(string partition, StoredChart chart, CancellationToken cancellation)
    {
        var parts = new[] { Chunks(chart.Data), Chunks(chart.Brotli), Chunks(chart.Gzip) };
        var chunks = parts.SelectMany(part => part).ToList();
        var first = await FindRoomAsync(partition, chunks.Count, cancellation);
        var keys = Range(first, chunks.Count).ToList();
        var rows = keys.Zip(chunks, (key, chunk) => new Row(partition, key, Data.Of(chunk))).Append(new Row(
            partition, Key(0), Tag.Of(chart.Tag), ThroughMs.Of(chart.ThroughMs), First.Of(first),
            DataChunks.Of(parts[0].Count), BrotliChunks.Of(parts[1].Count), GzipChunks.Of(parts[2].Count)));
        foreach (var batch in Batches(rows))
            await store.UpsertAsync(Table, batch, cancellation: cancellation);

        keys.Add(Key(0));
        var stale = await store.ScanAsync(Table, KeyRange.Partition(partition), [], cancellation)
            .Select(row => row.Key)
            .Where(key => !keys.Contains(key))
            .ToListAsync(cancellation);
        await store.DeleteAsync(Table, partition, stale, cancellation);
    }

    private async Task DeleteOthersAsync(IReadOnlySet<string> kept, CancellationToken cancellation)
    {
        var partitions = await store.ScanAsync(Table, KeyRange.All, [], cancellation)
            .Select(row => row.Partition)
            .Where(partition => !kept.Contains(partition))
            .Distinct()
            .ToListAsync(cancellation);
        foreach (var partition in partitions)
            await store.DeletePartitionAsync(Table, partition, cancellation);
    }

    /// <summary>A chunk number from which on so many are free: before the chunks of the document there is, or behind them.</summary>
    private async Task<long> FindRoomAsync(string partition, int count, CancellationToken cancellation)
    {
        if (await store.FindAsync(Table, partition, Key(0), cancellation) is not { } head)
            return 1;

        var first = head.Get(First);
        return first > count ? 1 : first + head.Get(DataChunks) + head.Get(BrotliChunks) + head.Get(GzipChunks);
    }

    private static string Key(long chunk) => chunk.ToString("d6", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Range(long first, long count) => Enumerable.Range((int)first, (int)count).Select(chunk => Key(chunk));

    private static List<byte[]> Chunks(byte[] bytes) => [.. bytes.Chunk(ChunkBytes)];

    private static byte[] Join(IEnumerable<byte[]?> chunks)
    {
        using var bytes = new MemoryStream();
        foreach (var chunk in chunks)
            bytes.Write(chunk);
        return bytes.ToArray();
    }

    private static IEnumerable<List<Row>> Batches(IEnumerable<Row> rows)
    {
        var batch = new List<Row>();
        var bytes = 0;
        foreach (var row in rows)
        {
            var size = StorageLimits.CheckRow(Table, row);
            if (batch.Count == StorageLimits.MaxBatchRows || bytes + size > StorageLimits.MaxBatchBytes)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(row);
            bytes += size;
        }

        yield return batch;
    }
}

/// <summary>A chart document as it is stored.</summary>
/// <param name="Tag">A hash of its JSON.</param>
/// <param name="ThroughMs">The end of the last day that is in it, epoch ms.</param>
/// <param name="Data">What the next one is made of, see <see cref="ChartCodec"/>; empty where there is none.</param>
/// <param name="Brotli">The JSON that is sent, compressed with brotli.</param>
/// <param name="Gzip">The JSON that is sent, compressed with gzip.</param>
public sealed record StoredChart(string Tag, long ThroughMs, byte[] Data, byte[] Brotli, byte[] Gzip);
