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
    private static readonly Column<long> Total = new("Total");
    private static readonly Column<byte[]> Days = new("Days");
    private static readonly Column<DateTimeOffset> LastInstalledAt = new("LastInstalledAt");
    private static readonly Column<DateTimeOffset> Through = new("Through");

    public static TableSchema Packages { get; } = new("PACKAGES", Total, Days, LastInstalledAt, Through);

    public static TableSchema Versions { get; } = new("VERSIONS", Total, Days, LastInstalledAt, Through);

    /// <summary>
    /// Adds what a window has for a counter, unless that is in it already: it says through which window it is rolled up, and
    /// only a newer one is added, under its ETag.
    /// </summary>
    /// <returns>The counter as it is stored now.</returns>
    public async Task<Counter> ApplyAsync(CounterKey key, InstallDelta delta, DateTimeOffset through, CancellationToken cancellation)
    {
        var table = key.Version is null ? Packages : Versions;
        var (partition, rowKey) = (Shard(key.Package), RowKey(key));
        while (true)
        {
            var row = await store.FindAsync(table, partition, rowKey, cancellation);
            var counter = row is null ? Counter.None : Read(row);
            if (counter.Through >= through)
                return counter;

            counter = counter.Plus(delta, through);
            if (await store.TryWriteAsync(table, Write(partition, rowKey, counter), row?.ETag, cancellation) is not null)
                return counter;
        }
    }

    /// <summary>Changes a counter that there is, under its ETag.</summary>
    /// <returns>The counter as it is stored now.</returns>
    public async Task<Counter> ChangeAsync(CounterKey key, Func<Counter, Counter> change, CancellationToken cancellation)
    {
        var table = key.Version is null ? Packages : Versions;
        var (partition, rowKey) = (Shard(key.Package), RowKey(key));
        while (true)
        {
            var row = await store.FindAsync(table, partition, rowKey, cancellation) ?? throw new KeyNotFoundException($"There is no counter {key}.");
            var counter = Read(row);
            var changed = change(counter);
            if (changed == counter || await store.TryWriteAsync(table, Write(partition, rowKey, changed), row.ETag, cancellation) is not null)
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

    private IAsyncEnumerable<Row> ScanVersions(string package, IReadOnlyList<Column>? columns, CancellationToken cancellation) =>
        store.ScanAsync(Versions, KeyRange.Prefix(Shard(package), VersionPrefix(package)), columns, cancellation);

    private static string VersionOf(string package, Row row) => KeyCodec.Decode(row.Key[VersionPrefix(package).Length..]);

    private static string VersionPrefix(string package) => RowKey(new CounterKey(package, ""));

    private static string Shard(string package) =>
        ClientHash.Shards[SHA256.HashData(Encoding.UTF8.GetBytes(package))[0] & 15].ToString();

    private static string RowKey(CounterKey key) =>
        KeyCodec.Encode(key.Package) + (key.Version is null ? "" : KeyCodec.Separator + KeyCodec.Encode(key.Version));

    private static Counter Read(Row row) => new(
        row.Get(Total), DailyInstalls.Parse(row.Get(Days, [])), row.Get(LastInstalledAt), row.Get(Through));

    private static Row Write(string partition, string key, Counter counter) => new(
        partition,
        key,
        Total.Of(counter.Total),
        Days.Of(counter.Days.ToBytes()),
        LastInstalledAt.Of(counter.LastInstalledAt),
        Through.Of(counter.Through));
}

/// <summary>The installs of a package, or of one of its versions.</summary>
/// <param name="Total">Installs of all time.</param>
/// <param name="Days">Installs of the last days.</param>
/// <param name="LastInstalledAt">The start of the hour of the last install.</param>
/// <param name="Through">The end of the last window that was added.</param>
public sealed record Counter(long Total, DailyInstalls Days, DateTimeOffset LastInstalledAt, DateTimeOffset Through)
{
    public static readonly Counter None = new(0, DailyInstalls.None, DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    /// <summary>The counter with the installs of one more window.</summary>
    public Counter Plus(InstallDelta delta, DateTimeOffset through) => new(
        Total + delta.Installs,
        delta.Days.Aggregate(Days, (days, day) => days.Plus(day.Key, day.Value)),
        delta.LastInstalledAt,
        through);
}
