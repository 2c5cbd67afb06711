using System.Globalization;
using System.Runtime.CompilerServices;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Installs;

/// <summary>
/// The table INSTALLS: one row for all repeats of an install in a bucket. Partition = <c>yyyyMMddHHmmss-s</c> with the end of
/// the bucket and the client's shard, key = dedupe hash.
/// </summary>
/// <remarks>
/// The end and not the start, because a bucket belongs to the window in which it ends, whatever length buckets have now or
/// had when the row was written: so every bucket is in one window, and closed when that window is.
/// </remarks>
public sealed class InstallStore(ITableStore store, SaltStore salts, InstallOptions options, TimeProvider clock)
{
    /// <summary>How far the clocks of several instances may be apart.</summary>
    public static readonly TimeSpan MostSkew = TimeSpan.FromHours(1);

    private const string EndFormat = "yyyyMMddHHmmss";

    private static readonly Column<string> Package = new("Package");
    private static readonly Column<string> Version = new("Version");
    private static readonly Column<long> Ci = new("Ci");
    private static readonly Column<string> Platform = new("Platform");
    private static readonly Column<string> Php = new("Php");

    public static TableSchema Table { get; } = new("INSTALLS", Package, Version, Ci, Platform, Php);

    /// <summary>Stores what a client downloaded in the bucket in which it is written. Returns when it is durable.</summary>
    /// <exception cref="StoreUnavailableException">It is not known to be durable after <see cref="StorePatience.Limit"/>.</exception>
    public Task StoreAsync(IEnumerable<Download> downloads, InstallClient sender, CancellationToken cancellation)
    {
        var batches = downloads.Chunk(StorageLimits.MaxBatchRows);
        return StorePatience.RunAsync(
            token => Task.WhenAll(batches.Select(batch => StoreBatchAsync(batch, sender, token))), clock, cancellation);
    }

    /// <summary>The installs of the buckets that end in a window: after its start and at its end at the latest.</summary>
    public async IAsyncEnumerable<StoredInstall> ReadAsync(Window window, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var second = TimeSpan.FromSeconds(1);
        var range = KeyRange.Partitions(Format(window.Start + second), Format(window.End + second));
        await foreach (var row in store.ScanAsync(Table, range, cancellation: cancellation))
            yield return new StoredInstall(row.Key, EndOf(row.Partition), row.Get(Package, ""), row.Get(Version, ""), AgentOf(row));
    }

    /// <summary>The end of the oldest bucket with installs, or null.</summary>
    public async Task<DateTimeOffset?> FindOldestAsync(CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, KeyRange.All, [], cancellation))
            return EndOf(row.Partition);
        return null;
    }

    /// <summary>Deletes the buckets that ended at <paramref name="time"/> or before.</summary>
    /// <returns>Rows deleted.</returns>
    public async Task<long> DeleteThroughAsync(DateTimeOffset time, CancellationToken cancellation)
    {
        long deleted = 0;
        while (await FindOldestAsync(cancellation) is { } end && end <= time)
        {
            await Parallel.ForEachAsync(
                ClientHash.Shards.Select(shard => Partition(end, shard)),
                new ParallelOptions { MaxDegreeOfParallelism = ClientHash.Shards.Length, CancellationToken = cancellation },
                async (partition, token) =>
                {
                    Interlocked.Add(ref deleted, await store.ScanAsync(Table, KeyRange.Partition(partition), [], token).CountAsync(token));
                    await store.DeletePartitionAsync(Table, partition, token);
                });
        }

        return deleted;
    }

    /// <summary>Deletes the buckets that ended after <paramref name="after"/>, and at <paramref name="through"/> or before.</summary>
    public async Task DeleteAsync(DateTimeOffset after, DateTimeOffset through, CancellationToken cancellation)
    {
        foreach (var partition in await ReadPartitionsAsync(after, through, cancellation))
            await store.DeletePartitionAsync(Table, partition, cancellation);
    }

    /// <summary>Moves the installs of buckets that are yet to come to the one that is open: they came while a clock was ahead.</summary>
    public async Task TakeBackAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var open = Window.At(now, options.DedupeWindow);
        foreach (var partition in await ReadPartitionsAsync(open.End + MostSkew, DateTimeOffset.MaxValue.AddDays(-1), cancellation))
        {
            var rows = store.ScanAsync(Table, KeyRange.Partition(partition), cancellation: cancellation)
                .Select(row => new Row(Partition(open.End, partition[^1]), row.Key, row.Cells));
            await foreach (var batch in rows.Chunk(StorageLimits.MaxBatchRows).WithCancellation(cancellation))
                await store.UpsertAsync(Table, batch, cancellation: cancellation);
            await store.DeletePartitionAsync(Table, partition, cancellation);
        }
    }

    private ValueTask<List<string>> ReadPartitionsAsync(DateTimeOffset after, DateTimeOffset through, CancellationToken cancellation)
    {
        var second = TimeSpan.FromSeconds(1);
        var range = KeyRange.Partitions(Format(after + second), Format(through + second));
        return store.ScanAsync(Table, range, [], cancellation).Select(row => row.Partition).Distinct().ToListAsync(cancellation);
    }

    private async Task StoreBatchAsync(Download[] downloads, InstallClient sender, CancellationToken cancellation)
    {
        var agent = ClientAgent.Read(sender.UserAgent);
        var (ci, platform, php) = (Ci.Of(agent.IsCi ? 1 : 0), Platform.Of(agent.Platform), Php.Of(agent.Php));
        while (true)
        {
            var bucket = Window.At(clock.GetUtcNow(), options.DedupeWindow);
            var salt = await salts.GetAsync(DateOnly.FromDateTime(bucket.Start.UtcDateTime), cancellation);
            var client = new ClientHash(salt, sender);
            var partition = Partition(bucket.End, client.Shard);
            var rows = Array.ConvertAll(downloads, download => new Row(
                partition, client.DedupeHash(download), Package.Of(download.Package), Version.Of(download.Version), ci, platform, php));
            try
            {
                await store.UpsertAsync(Table, rows, bucket.LastWrite, cancellation);
                return;
            }
            catch (WriteExpiredException)
            {
                // The bucket closed while the rows waited for the store: they belong to the next, and to its day's salt.
            }
        }
    }

    /// <summary>Null for rows that were written before anything of the user agent was kept.</summary>
    private static ClientAgent? AgentOf(Row row) => row.Get(Ci, -1) is var ci and >= 0
        ? new ClientAgent(ci != 0, row.Get(Platform, InstallCounts.Other), row.Get(Php, InstallCounts.Other))
        : null;

    private static string Partition(DateTimeOffset end, char shard) => Format(end) + "-" + shard;

    private static string Format(DateTimeOffset time) => time.ToString(EndFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset EndOf(string partition) => DateTimeOffset.ParseExact(
        partition.AsSpan(0, EndFormat.Length), EndFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <summary>An install as it was stored.</summary>
/// <param name="Hash">The dedupe hash.</param>
/// <param name="BucketEnd">The end of its bucket.</param>
/// <param name="Package">The package.</param>
/// <param name="Version">The version.</param>
/// <param name="Agent">What is kept of the user agent; null where nothing was yet.</param>
public readonly record struct StoredInstall(string Hash, DateTimeOffset BucketEnd, string Package, string Version, ClientAgent? Agent);
