using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;

namespace TelemetryFunctions.Standalone.Relay;

/// <summary>
/// The table RELAY: a row for each item and, behind it, rows with its body and with what is secret. Partition = <c>yyyyMMdd-k</c> with the day and the
/// kind, key = the name in the item's id, with <c>~</c> and more for the rows behind it.
/// </summary>
/// <remarks>An item is written as one batch. What is secret is a row of its own, so that it is deleted, and wiped out of the file, once the item is sent.</remarks>
internal sealed class RelayStore(ITableStore store, TimeProvider clock)
{
    private const string BodyMark = "~b";
    private const string SecretsMark = "~s";
    private const int SecretsBytes = 8;

    // What waits for the disk goes there together: one by one, each of many would wait by itself.
    private const int AtOnce = 100;

    private static readonly Column<string> State = new("State");
    private static readonly Column<string> System = new("System");
    private static readonly Column<string> ContentType = new("ContentType");
    private static readonly Column<long> Bytes = new("Bytes");
    private static readonly Column<DateTimeOffset> ReceivedAt = new("ReceivedAt");
    private static readonly Column<DateTimeOffset> ChangedAt = new("ChangedAt");
    private static readonly Column<string> Note = new("Note");
    private static readonly Column<long> Released = new("Released");
    private static readonly Column<string> SecretsKey = new("SecretsKey");
    private static readonly Column<string> SystemKey = new("SystemKey");
    private static readonly Column<string> FunctionKey = new("FunctionKey");
    private static readonly Column<string> UserAgent = new("UserAgent");
    private static readonly Column<string> Client = new("Client");
    private static readonly Column<byte[]> Body = new("Body");

    private static readonly Column[] OfItem = [State, System, ContentType, Bytes, ReceivedAt, ChangedAt, Note, Released, SecretsKey];
    private static readonly Column[] OfSecrets = [SystemKey, FunctionKey, UserAgent, Client];

    private long _stagedBytes;

    public static TableSchema Table { get; } =
        new("RELAY", [.. OfItem, .. OfSecrets, Body]) { IsPersonal = true };

    /// <summary>What was staged since the start, also where it was replaced or is gone again: bytes as of <see cref="SumBytesAsync"/>.</summary>
    public long StagedBytes => Interlocked.Read(ref _stagedBytes);

    /// <summary>Stages an item. Returns when it is durable.</summary>
    /// <param name="item">The item; its state and times are those of now.</param>
    /// <param name="body">What is in it.</param>
    /// <param name="secrets">What goes along.</param>
    /// <param name="replaces">True where it replaces one with its id; else that is the same, and this one is a repeat.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="StoreUnavailableException">It is not known to be durable.</exception>
    /// <exception cref="ClockNotSetException">It can't be said what day it is.</exception>
    public Task StageAsync(RelayItem item, byte[] body, RelaySecrets secrets, bool replaces, CancellationToken cancellation)
    {
        if (item.ReceivedAt < ClockWatch.Earliest)
            throw new ClockNotSetException(item.ReceivedAt);

        var (partition, name) = (item.Id.Partition, item.Id.Name);
        var secretsKey = secrets == RelaySecrets.None ? "" : $"{name}{SecretsMark}{RandomNumberGenerator.GetHexString(SecretsBytes, lowercase: true)}";
        var rows = new List<Row> { ToRow(item with { ChangedAt = item.ReceivedAt, SecretsKey = secretsKey }) };
        rows.AddRange(body.Chunk(StorageLimits.MaxValueBytes).Select((chunk, i) => new Row(partition, BodyKey(name, i), Body.Of(chunk))));
        if (secretsKey.Length > 0)
            rows.Add(new Row(partition, secretsKey, SystemKey.Of(secrets.SystemKey), FunctionKey.Of(secrets.FunctionKey), UserAgent.Of(secrets.UserAgent), Client.Of(secrets.Client)));
        Interlocked.Add(ref _stagedBytes, item.HeldBytes + secrets.HeldBytes);
        return StorePatience.RunAsync(
            token => replaces ? store.UpsertAsync(Table, rows, cancellation: token) : store.TryWriteAsync(Table, rows, token), clock, cancellation);
    }

    /// <summary>All items, by day.</summary>
    public IAsyncEnumerable<RelayItem> ReadAsync(CancellationToken cancellation) => ReadAsync(KeyRange.All, cancellation);

    /// <summary>The items of a day.</summary>
    public IAsyncEnumerable<RelayItem> ReadAsync(DateOnly day, CancellationToken cancellation) => ReadAsync(RelayId.RangeOf(day), cancellation);

    /// <summary>Bytes that all items take on disk with what goes along, also with what went along with those that were replaced, until it is tidied away.</summary>
    public async Task<long> SumBytesAsync(CancellationToken cancellation) => await store.ScanAsync(Table, KeyRange.All, [.. OfItem, .. OfSecrets], cancellation)
        .Select(row => IsItem(row.Key) ? ToItem(row).HeldBytes : ToSecrets(row).HeldBytes)
        .SumAsync(cancellation);

    private async IAsyncEnumerable<RelayItem> ReadAsync(KeyRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, range, OfItem, cancellation))
        {
            if (IsItem(row.Key))
                yield return ToItem(row);
        }
    }

    /// <summary>An item without what is in it, or null.</summary>
    public async Task<RelayItem?> FindItemAsync(RelayId id, CancellationToken cancellation) =>
        await store.FindAsync(Table, id.Partition, id.Name, cancellation) is { } row ? ToItem(row) : null;

    /// <summary>An item with what is in it, or null.</summary>
    public async Task<RelayContent?> FindAsync(RelayId id, CancellationToken cancellation)
    {
        // One page of one scan, so that all rows are of one version of the item.
        var rows = await store.ScanAsync(Table, RowsOf(id), cancellation: cancellation).ToListAsync(cancellation);
        if (rows.Count == 0 || !IsItem(rows[0].Key))
            return null;

        var item = ToItem(rows[0]);
        var secrets = rows.Find(row => row.Key == item.SecretsKey);
        return new RelayContent(
            item,
            [.. rows.Where(row => row.Key.Contains(BodyMark, StringComparison.Ordinal)).SelectMany(row => row.Get(Body))],
            secrets is null ? RelaySecrets.None : ToSecrets(secrets));
    }

    /// <summary>Changes an item that is as it was read.</summary>
    /// <returns>False where another one has come in its place, or it was dropped.</returns>
    public async Task<bool> TryChangeAsync(RelayItem item, RelayState state, string note, bool isReleased, CancellationToken cancellation)
    {
        var changed = item with { State = state, Note = note, IsReleased = isReleased, ChangedAt = clock.GetUtcNow() };
        if (changed.IsDone)
            changed = changed with { SecretsKey = "" };
        if (await store.TryWriteAsync(Table, ToRow(changed), item.ETag, cancellation) is null)
            return false;

        // A process that is killed here leaves them to the next tidying.
        if (changed.IsDone && item.SecretsKey.Length > 0)
            await store.DeleteAsync(Table, item.Id.Partition, [item.SecretsKey], cancellation);
        return true;
    }

    /// <summary>Deletes an item that is as it was read, and all that is behind it.</summary>
    /// <returns>False where another one has come in its place, or it is gone already.</returns>
    public async Task<bool> TryDropAsync(RelayItem item, CancellationToken cancellation)
    {
        // What is secret of those before it is left to the next tidying.
        var rows = await store.ScanAsync(Table, RowsOf(item.Id), [], cancellation)
            .Where(row => row.Key == item.SecretsKey || !row.Key.Contains(SecretsMark, StringComparison.Ordinal))
            .ToListAsync(cancellation);
        return rows is [var first, ..] && first.Key == item.Id.Name && first.ETag == item.ETag && await store.TryDeleteAsync(Table, rows, cancellation);
    }

    /// <summary>Does something with items, many at once.</summary>
    /// <returns>With how many it could be done.</returns>
    public static async Task<int> TryEachAsync(IAsyncEnumerable<RelayItem> which, Func<RelayItem, CancellationToken, Task<bool>> tryDo, CancellationToken cancellation)
    {
        var done = 0;
        await Parallel.ForEachAsync(
            which,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (item, token) =>
            {
                if (await tryDo(item, token))
                    Interlocked.Increment(ref done);
            });
        return done;
    }

    /// <summary>Deletes what is secret of items that are sent, or were replaced, where a process was killed before it had.</summary>
    public async Task TidyAsync(CancellationToken cancellation)
    {
        var current = "";
        await foreach (var row in store.ScanAsync(Table, KeyRange.All, [State, SecretsKey], cancellation))
        {
            if (IsItem(row.Key))
                current = row.Get(SecretsKey, "");
            else if (row.Key.Contains(SecretsMark, StringComparison.Ordinal) && row.Key != current && !await IsCurrentAsync(row, cancellation))
                await store.DeleteAsync(Table, row.Partition, [row.Key], cancellation);
        }
    }

    /// <summary>What was read a while ago may have been replaced since.</summary>
    private async Task<bool> IsCurrentAsync(Row secrets, CancellationToken cancellation) =>
        await store.FindAsync(Table, secrets.Partition, secrets.Key[..secrets.Key.IndexOf('~', StringComparison.Ordinal)], cancellation) is { } item && item.Get(SecretsKey, "") == secrets.Key;

    private static bool IsItem(string key) => !key.Contains(KeyCodec.Separator, StringComparison.Ordinal);

    private static string BodyKey(string name, int chunk) => string.Create(CultureInfo.InvariantCulture, $"{name}{BodyMark}{chunk:d2}");

    private static KeyRange RowsOf(RelayId id) => KeyRange.Keys(id.Partition, id.Name, id.Name + KeyCodec.Last);

    private static Row ToRow(RelayItem item) => new(
        item.Id.Partition,
        item.Id.Name,
        State.Of(item.State.ToString()),
        System.Of(item.System),
        ContentType.Of(item.ContentType),
        Bytes.Of(item.Bytes),
        ReceivedAt.Of(item.ReceivedAt),
        ChangedAt.Of(item.ChangedAt),
        Note.Of(item.Note),
        Released.Of(item.IsReleased ? 1 : 0),
        SecretsKey.Of(item.SecretsKey));

    private static RelayItem ToItem(Row row) => new(
        RelayId.Of(row.Partition, row.Key), Enum.Parse<RelayState>(row.Get(State)), row.Get(System, ""), row.Get(ContentType, ""), row.Get(Bytes), row.Get(ReceivedAt))
    {
        ChangedAt = row.Get(ChangedAt),
        Note = row.Get(Note, ""),
        IsReleased = row.Get(Released) != 0,
        SecretsKey = row.Get(SecretsKey, ""),
        ETag = row.ETag,
    };

    private static RelaySecrets ToSecrets(Row row) => new(row.Get(SystemKey, ""), row.Get(FunctionKey, ""), row.Get(UserAgent, ""), row.Get(Client, ""));
}
