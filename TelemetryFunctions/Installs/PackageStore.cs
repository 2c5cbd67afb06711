using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Installs;

/// <summary>
/// The tables PACKAGES (key = package) and VERSIONS (key = <c>package~version</c>): the counters. Partition = the package's
/// shard, a hex digit of a hash of its name.
/// </summary>
public sealed class PackageStore(ITableStore store)
{
    // To find a row by itself costs as much as to read so many on the way.
    private const int MostRowsPerKey = 8;

    private static readonly Column<long> Total = new("Total");
    private static readonly Column<byte[]> Days = new("Days");
    private static readonly Column<DateTimeOffset> LastInstalledAt = new("LastInstalledAt");
    private static readonly Column<DateTimeOffset> Through = new("Through");
    private static readonly Column<long> Ci = new("Ci");
    private static readonly Column<byte[]> CiDays = new("CiDays");
    private static readonly Column<DateTimeOffset> CiSince = new("CiSince");

    public static TableSchema Packages { get; } = new("PACKAGES", Total, Days, LastInstalledAt, Through, Ci, CiDays, CiSince);

    public static TableSchema Versions { get; } = new("VERSIONS", Total, Days, LastInstalledAt, Through, Ci, CiDays, CiSince);

    /// <summary>Splits counters into batches, each of which is written at once.</summary>
    public static IEnumerable<(CounterKey Key, InstallDelta Delta)[]> Batch(IEnumerable<(CounterKey Key, InstallDelta Delta)> counted) =>
        counted
            .GroupBy(one => (IsPackage: one.Key.Version is null, Shard: Shard(one.Key.Package)))
            .SelectMany(partition => partition.OrderBy(one => RowKey(one.Key), StringComparer.Ordinal).Chunk(StorageLimits.MaxBatchRows));

    /// <summary>Does for the counters of a <see cref="Batch"/> what is done for one, all at once where nobody else writes them.</summary>
    /// <returns>The counters as they are stored now, in the same order.</returns>
    public async Task<IReadOnlyList<Counter>> ApplyAsync(
        IReadOnlyList<(CounterKey Key, InstallDelta Delta)> batch, DateTimeOffset through, CancellationToken cancellation)
    {
        var (table, partition) = (TableOf(batch[0].Key), Shard(batch[0].Key.Package));
        var keys = batch.Select(one => RowKey(one.Key)).ToList();
        var stored = await FindAsync(table, partition, keys, cancellation);
        var (counters, rows) = (new List<Counter>(batch.Count), new List<Row>(batch.Count));
        foreach (var (key, (_, delta)) in keys.Zip(batch))
        {
            var row = stored.GetValueOrDefault(key);
            var counter = row is null ? Counter.None : Read(row);
            if (counter.Through < through)
                rows.Add(Write(partition, key, counter = counter.Plus(delta, through), row?.ETag));
            counters.Add(counter);
        }

        if (rows.Count == 0 || await store.TryWriteAsync(table, rows, cancellation) is not null)
            return counters;

        // Another runner writes them as well.
        for (var i = 0; i < batch.Count; i++)
            counters[i] = await ApplyAsync(batch[i].Key, batch[i].Delta, through, cancellation);
        return counters;
    }

    /// <summary>
    /// Adds what a window has for a counter, unless that is in it already: it says through which window it is rolled up, and
    /// only a newer one is added, under its ETag.
    /// </summary>
    /// <returns>The counter as it is stored now.</returns>
    public async Task<Counter> ApplyAsync(CounterKey key, InstallDelta delta, DateTimeOffset through, CancellationToken cancellation)
    {
        var (table, partition, rowKey) = (TableOf(key), Shard(key.Package), RowKey(key));
        while (true)
        {
            var row = await store.FindAsync(table, partition, rowKey, cancellation);
            var counter = row is null ? Counter.None : Read(row);
            if (counter.Through >= through)
                return counter;

            counter = counter.Plus(delta, through);
            if (await store.TryWriteAsync(table, Write(partition, rowKey, counter, null), row?.ETag, cancellation) is not null)
                return counter;
        }
    }

    /// <summary>Enters a counter, unless there is one.</summary>
    public Task AddAsync(CounterKey key, Counter counter, CancellationToken cancellation) =>
        store.TryWriteAsync(TableOf(key), Write(Shard(key.Package), RowKey(key), counter, null), null, cancellation);

    /// <summary>Changes a counter that there is, under its ETag.</summary>
    /// <returns>The counter as it is stored now.</returns>
    public async Task<Counter> ChangeAsync(CounterKey key, Func<Counter, Counter> change, CancellationToken cancellation)
    {
        var (table, partition, rowKey) = (TableOf(key), Shard(key.Package), RowKey(key));
        while (true)
        {
            var row = await store.FindAsync(table, partition, rowKey, cancellation) ?? throw new KeyNotFoundException($"There is no counter {key}.");
            var counter = Read(row);
            var changed = change(counter);
            if (changed == counter || await store.TryWriteAsync(table, Write(partition, rowKey, changed, null), row.ETag, cancellation) is not null)
                return changed;
        }
    }

    /// <summary>The counter of a package, or null where it was never installed.</summary>
    public async Task<Counter?> FindAsync(string package, CancellationToken cancellation) =>
        await store.FindAsync(Packages, Shard(package), RowKey(new CounterKey(package, null)), cancellation) is { } row ? Read(row) : null;

    /// <summary>Every package, in no order that means anything.</summary>
    public async IAsyncEnumerable<(string Package, Counter Counter)> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Packages, KeyRange.All, cancellation: cancellation))
            yield return (KeyCodec.Decode(row.Key), Read(row));
    }

    /// <summary>The names of all packages.</summary>
    public IAsyncEnumerable<string> ReadNamesAsync(CancellationToken cancellation) =>
        store.ScanAsync(Packages, KeyRange.All, [], cancellation).Select(row => KeyCodec.Decode(row.Key));

    /// <summary>The names of all versions of a package.</summary>
    public IAsyncEnumerable<string> ReadVersionNamesAsync(string package, CancellationToken cancellation) =>
        ScanVersions(package, [], cancellation).Select(row => VersionOf(package, row));

    /// <summary>The versions of a package, in no order that means anything.</summary>
    public async IAsyncEnumerable<(string Version, Counter Counter)> ReadVersionsAsync(
        string package, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in ScanVersions(package, null, cancellation))
            yield return (VersionOf(package, row), Read(row));
    }

    /// <summary>Those of some rows of a partition, in order, that there are: read as one range, or the rest one by one where there is much in between.</summary>
    private async Task<IReadOnlyDictionary<string, Row>> FindAsync(TableSchema table, string partition, List<string> keys, CancellationToken cancellation)
    {
        var (wanted, found, left) = (keys.ToHashSet(StringComparer.Ordinal), new Dictionary<string, Row>(StringComparer.Ordinal), keys.Count * MostRowsPerKey);
        await foreach (var row in store.ScanAsync(table, KeyRange.Keys(partition, keys[0], keys[^1] + KeyCodec.Last), cancellation: cancellation))
        {
            if (wanted.Remove(row.Key))
                found[row.Key] = row;
            if (--left > 0)
                continue;

            var rest = wanted.Where(key => string.CompareOrdinal(key, row.Key) > 0);
            foreach (var one in await Task.WhenAll(rest.Select(key => store.FindAsync(table, partition, key, cancellation))))
            {
                if (one is not null)
                    found[one.Key] = one;
            }

            break;
        }

        return found;
    }

    private static TableSchema TableOf(CounterKey key) => key.Version is null ? Packages : Versions;

    private IAsyncEnumerable<Row> ScanVersions(string package, IReadOnlyList<Column>? columns, CancellationToken cancellation) =>
        store.ScanAsync(Versions, KeyRange.Prefix(Shard(package), VersionPrefix(package)), columns, cancellation);

    private static string VersionOf(string package, Row row) => KeyCodec.Decode(row.Key[VersionPrefix(package).Length..]);

    private static string VersionPrefix(string package) => RowKey(new CounterKey(package, ""));

    private static string Shard(string package) =>
        ClientHash.Shards[SHA256.HashData(Encoding.UTF8.GetBytes(package))[0] & 15].ToString();

    private static string RowKey(CounterKey key) =>
        KeyCodec.Encode(key.Package) + (key.Version is null ? "" : KeyCodec.Separator + KeyCodec.Encode(key.Version));

    private static Counter Read(Row row) => new(
        row.Get(Total), ReadCi(row), DailyInstalls.Parse(row.Get(Days, [])), row.Get(LastInstalledAt), row.Get(Through));

    /// <summary>Rows that were written before CI was told apart have nothing of it, which is not 0.</summary>
    private static CiInstalls? ReadCi(Row row) => row.Get(Ci, -1) is var total and >= 0
        ? new CiInstalls(total, ReadDay(row.Get(CiSince, DateTimeOffset.MinValue)), DailyInstalls.Parse(row.Get(CiDays, [])))
        : null;

    private static DateOnly? ReadDay(DateTimeOffset start) =>
        start == DateTimeOffset.MinValue ? null : DateOnly.FromDateTime(start.UtcDateTime);

    private static Row Write(string partition, string key, Counter counter, string? etag)
    {
        var cells = new List<Cell>
        {
            Total.Of(counter.Total),
            Days.Of(counter.Days.ToBytes()),
            LastInstalledAt.Of(counter.LastInstalledAt),
            Through.Of(counter.Through),
        };
        if (counter.Ci is { } ci)
        {
            cells.Add(Ci.Of(ci.Total));
            cells.Add(CiDays.Of(ci.Days.ToBytes()));
            if (ci.Since is { } since)
                cells.Add(CiSince.Of(new DateTimeOffset(since.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)));
        }

        return new Row(partition, key, [.. cells]) { ETag = etag };
    }
}
