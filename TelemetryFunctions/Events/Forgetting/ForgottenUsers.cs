using System.Globalization;
using TelemetryFunctions.Http;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Events.Forgetting;

/// <summary>
/// The table FORGOTTENUSERS: who is to be forgotten, and since when. Partition = <c>users</c>, key = the keyed hash of a user, 16 hex
/// digits. A row goes when no event can come any more that it is about.
/// </summary>
public sealed class ForgottenUsers
{
    /// <summary>
    /// From then on no process takes an event in that a note is about: each looks once a minute, a batch may be on its way for
    /// <see cref="StorePatience.Limit"/>, and clocks differ.
    /// </summary>
    public static readonly TimeSpan KnownAfter = TimeSpan.FromMinutes(3);

    private const string Partition = "users";
    private const string HashFormat = "x16";

    private static readonly Column<DateTimeOffset> RequestedAt = new("RequestedAt");
    private static readonly Column<DateTimeOffset> DoneAt = new("DoneAt");

    private readonly ITableStore _store;
    private readonly UserHashes _hashes;
    private readonly TimeProvider _clock;
    private MinuteCache<IReadOnlyList<ForgottenUser>> _seen;

    public ForgottenUsers(ITableStore store, UserHashes hashes, TimeProvider clock)
    {
        (_store, _hashes, _clock) = (store, hashes, clock);
        _seen = new(ReadAsync, clock);
    }

    public static TableSchema Table { get; } = new("FORGOTTENUSERS", RequestedAt, DoneAt) { IsPersonal = true };

    /// <summary>Notes that all that a user did until now is to be forgotten. This process takes nothing of it in from now on.</summary>
    public async Task<DateTimeOffset> AddAsync(string user, CancellationToken cancellation)
    {
        var hash = await _hashes.GetHashAsync(cancellation);
        var now = _clock.GetUtcNow();
        await WriteAsync(() => _store.UpsertAsync(Table, [new Row(Partition, KeyOf(hash(user)), RequestedAt.Of(now))], cancellation: cancellation));
        return now;
    }

    /// <summary>Notes that nothing of a user is left, unless it was asked for once more meanwhile.</summary>
    public Task SetDoneAsync(ForgottenUser user, CancellationToken cancellation) => WriteAsync(() =>
        _store.TryWriteAsync(Table, new Row(Partition, KeyOf(user.Hash), RequestedAt.Of(user.RequestedAt), DoneAt.Of(_clock.GetUtcNow())), user.ETag, cancellation));

    /// <summary>Makes a request that was made by a clock that was ahead one of now.</summary>
    public Task TakeBackAsync(ForgottenUser user, CancellationToken cancellation) => WriteAsync(() =>
        _store.TryWriteAsync(Table, new Row(Partition, KeyOf(user.Hash), RequestedAt.Of(_clock.GetUtcNow())), user.ETag, cancellation));

    /// <summary>Deletes a note, unless it was asked for once more meanwhile.</summary>
    public Task DeleteAsync(ForgottenUser user, CancellationToken cancellation) => WriteAsync(() =>
        _store.TryDeleteAsync(Table, [new Row(Partition, KeyOf(user.Hash)) { ETag = user.ETag }], cancellation));

    /// <summary>All notes.</summary>
    public async Task<IReadOnlyList<ForgottenUser>> ReadAsync(CancellationToken cancellation) =>
        await _store.ScanAsync(Table, KeyRange.Partition(Partition), cancellation: cancellation)
            .Select(row => new ForgottenUser(
                ulong.Parse(row.Key, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                row.Get(RequestedAt),
                row.Cells.Any(cell => cell.Column == DoneAt) ? row.Get(DoneAt) : null,
                row.ETag!))
            .ToListAsync(cancellation);

    /// <summary>All notes, as they were at most a minute ago; what this process wrote is among them.</summary>
    public Task<IReadOnlyList<ForgottenUser>> GetAsync(CancellationToken cancellation) => _seen.GetAsync(cancellation);

    /// <summary>What the notes forbid to be stored.</summary>
    public async Task<ForgottenEvents> FindEventsAsync(IReadOnlyList<ForgottenUser> users, CancellationToken cancellation) =>
        new(users, users.Count == 0 ? _ => 0 : await _hashes.GetHashAsync(cancellation));

    private async Task WriteAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        finally
        {
            // Also where it is not known what became of it.
            _seen = new(ReadAsync, _clock);
        }
    }

    private static string KeyOf(ulong user) => user.ToString(HashFormat, CultureInfo.InvariantCulture);
}

/// <summary>A user who is to be forgotten.</summary>
/// <param name="Hash">The keyed hash of the user's id.</param>
/// <param name="RequestedAt">What happened until then is forgotten.</param>
/// <param name="DoneAt">When nothing of it was left; null before.</param>
/// <param name="ETag">Of the note.</param>
public sealed record ForgottenUser(ulong Hash, DateTimeOffset RequestedAt, DateTimeOffset? DoneAt, string ETag);
