using System.Globalization;
using System.Security.Cryptography;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Installs;

/// <summary>
/// The table PACKAGELIST: the list of packages, derived from PACKAGES after every roll-up. A head row has the shares of the clients,
/// derived from AGENTS, and names the generation, the partition in which the chunks of the list are; a new list is a new generation, and the head moves to it in one write.
/// </summary>
public sealed class PackageListStore(ITableStore store, PackageStore packages, AgentShareBuilder agents, TimeProvider clock) : IDisposable
{
    private const string HeadPartition = "head";
    private const string HeadKey = "list";

    // How late an instance may see what another one has published.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(5);

    private static readonly Column<byte[]> Chunk = new("Chunk");
    private static readonly Column<string> Generation = new("Generation");
    private static readonly Column<string> ContentHash = new("ContentHash");
    private static readonly Column<long> Chunks = new("Chunks");
    private static readonly Column<DateTimeOffset> Through = new("Through");
    private static readonly Column<byte[]> Agents = new("Agents");

    private readonly SemaphoreSlim _loading = new(1);
    private volatile Loaded _loaded = new(PackageList.Empty, null, "", DateTimeOffset.MinValue);

    public static TableSchema Table { get; } = new("PACKAGELIST", Chunk, Generation, ContentHash, Chunks, Through, Agents);

    /// <summary>Derives the list as it is when all windows until <paramref name="through"/> are rolled up.</summary>
    public async Task PublishAsync(DateTimeOffset through, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(through.UtcDateTime.AddTicks(-1));
        var listed = await packages.ReadAsync(cancellation)
            .Select(package => new ListedPackage(
                package.Package, package.Counter.Total, package.Counter.Days.Last30(today), package.Counter.LastInstalledAt)
            {
                Ci = package.Counter.CiOn(today),
            })
            .ToListAsync(cancellation);
        listed.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        var chunks = PackageListCodec.Pack(listed).ToList();
        var hash = Convert.ToHexStringLower(SHA256.HashData([.. chunks.SelectMany(SHA256.HashData)]));

        var head = await store.FindAsync(Table, HeadPartition, HeadKey, cancellation);
        var generation = head is not null && head.Get(ContentHash) == hash
            ? head.Get(Generation)
            : await WriteChunksAsync(chunks, cancellation);
        var shares = await agents.BuildAsync(today, cancellation);
        var next = new Row(
            HeadPartition, HeadKey, Generation.Of(generation), ContentHash.Of(hash), Chunks.Of(chunks.Count), Through.Of(through),
            Agents.Of(shares.ToBytes()));
        if (await store.TryWriteAsync(Table, next, head?.ETag, cancellation) is null)
            throw new InvalidOperationException("Another runner published the list of packages meanwhile.");

        await DeleteOthersAsync(generation, cancellation);
        _loaded = _loaded with { LookAgainAt = DateTimeOffset.MinValue };
    }

    /// <summary>
    /// The list as it was last published, at most a few seconds ago. One request looks; meanwhile, and while the store is
    /// away, the others go on with the list there is.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store is away, and there is no list yet.</exception>
    public async ValueTask<PackageList> ReadAsync(CancellationToken cancellation)
    {
        var known = _loaded;
        var wait = known.ETag is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero;
        if (clock.GetUtcNow() >= known.LookAgainAt && await _loading.WaitAsync(wait, cancellation))
        {
            try
            {
                if (clock.GetUtcNow() >= _loaded.LookAgainAt)
                    _loaded = await LoadAsync(_loaded, cancellation);
            }
            catch (StoreUnavailableException e)
            {
                // Whoever waited for this look doesn't wait for another one.
                _loaded = _loaded with { LookAgainAt = clock.GetUtcNow() + LookAgainAfter, Failure = e.Message };
            }
            finally
            {
                _loading.Release();
            }
        }

        return _loaded is { ETag: null, Failure: { } failure } ? throw new StoreUnavailableException(failure) : _loaded.List;
    }

    public void Dispose() => _loading.Dispose();

    private async Task<Loaded> LoadAsync(Loaded loaded, CancellationToken cancellation)
    {
        for (string? tried = null; ;)
        {
            var lookAgainAt = clock.GetUtcNow() + LookAgainAfter;
            var head = await store.FindAsync(Table, HeadPartition, HeadKey, cancellation);
            if (head is null || head.ETag == loaded.ETag || head.ETag == tried)
                return loaded with { LookAgainAt = lookAgainAt, Failure = null };

            var (generation, through, shares) = (head.Get(Generation), head.Get(Through), AgentShares.Parse(head.Get(Agents, [])));
            if (generation == loaded.Generation)
                return new Loaded(loaded.List.With(through, shares), head.ETag, generation, lookAgainAt);

            var chunks = await store.ScanAsync(Table, KeyRange.Partition(generation), [Chunk], cancellation)
                .Select(row => row.Get(Chunk))
                .ToListAsync(cancellation);

            // Fewer than the head says: a newer generation has taken over meanwhile, and this one is being deleted.
            if (chunks.Count == head.Get(Chunks))
                return new Loaded(new PackageList([.. chunks.SelectMany(PackageListCodec.Unpack)], through, shares), head.ETag, generation, lookAgainAt);
            tried = head.ETag;
        }
    }

    private async Task<string> WriteChunksAsync(List<byte[]> chunks, CancellationToken cancellation)
    {
        var generation = Guid.NewGuid().ToString("n");
        foreach (var (index, chunk) in chunks.Index())
        {
            var key = index.ToString("d6", CultureInfo.InvariantCulture);
            await store.UpsertAsync(Table, [new Row(generation, key, Chunk.Of(chunk))], cancellation: cancellation);
        }

        return generation;
    }

    /// <summary>Deletes what earlier runs left, killed ones too.</summary>
    private async Task DeleteOthersAsync(string generation, CancellationToken cancellation)
    {
        var partitions = await store.ScanAsync(Table, KeyRange.All, [], cancellation)
            .Select(row => row.Partition)
            .Where(partition => partition is not HeadPartition && partition != generation)
            .Distinct()
            .ToListAsync(cancellation);
        foreach (var partition in partitions)
            await store.DeletePartitionAsync(Table, partition, cancellation);
    }

    /// <param name="List">The list.</param>
    /// <param name="ETag">That of the head when it was loaded; null before.</param>
    /// <param name="Generation">The generation that was loaded.</param>
    /// <param name="LookAgainAt">When the head is to be looked at again.</param>
    /// <param name="Failure">Why the last look failed; null where it did not.</param>
    private sealed record Loaded(
        PackageList List, string? ETag, string Generation, DateTimeOffset LookAgainAt, string? Failure = null);
}
