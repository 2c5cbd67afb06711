using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Installs;

/// <summary>
/// The table SALTS: a random salt for every UTC day on which there are installs, the same for all instances, destroyed when
/// the day is rolled up. Key = <c>yyyyMMdd</c>.
/// </summary>
public sealed class SaltStore(ITableStore store)
{
    private const string Partition = "installs";
    private const string DayFormat = "yyyyMMdd";
    private const int SaltBytes = 32;

    private static readonly Column<byte[]> Salt = new("Salt");

    private readonly ConcurrentDictionary<DateOnly, byte[]> _known = new();

    public static TableSchema Table { get; } = new("SALTS", Salt) { IsPersonal = true };

    /// <summary>The salt of a day. Whoever asks first makes it.</summary>
    public async ValueTask<byte[]> GetAsync(DateOnly day, CancellationToken cancellation)
    {
        if (_known.TryGetValue(day, out var known))
            return known;

        var salt = await FindOrAddAsync(day.ToString(DayFormat, CultureInfo.InvariantCulture), cancellation);
        _known[day] = salt;
        Forget(day);
        return salt;
    }

    /// <summary>The oldest day that has a salt, or null.</summary>
    public async Task<DateOnly?> FindOldestAsync(CancellationToken cancellation)
    {
        await foreach (var row in store.ScanAsync(Table, KeyRange.Partition(Partition), [], cancellation))
            return DateOnly.ParseExact(row.Key, DayFormat, CultureInfo.InvariantCulture);
        return null;
    }

    /// <summary>Deletes the salts of the days before <paramref name="day"/>. They are gone from the files after a purge.</summary>
    public async Task DestroyBeforeAsync(DateOnly day, CancellationToken cancellation)
    {
        Forget(day);
        var range = KeyRange.Keys(Partition, null, day.ToString(DayFormat, CultureInfo.InvariantCulture));
        var keys = await store.ScanAsync(Table, range, [], cancellation).Select(row => row.Key).ToListAsync(cancellation);
        await store.DeleteAsync(Table, Partition, keys, cancellation);
    }

    /// <summary>Deletes the salts of the days after <paramref name="day"/>: a clock was ahead.</summary>
    public async Task DestroyAfterAsync(DateOnly day, CancellationToken cancellation)
    {
        foreach (var known in _known.Keys.Where(known => known > day))
            _known.TryRemove(known, out _);
        var range = KeyRange.Keys(Partition, day.AddDays(1).ToString(DayFormat, CultureInfo.InvariantCulture), null);
        var keys = await store.ScanAsync(Table, range, [], cancellation).Select(row => row.Key).ToListAsync(cancellation);
        await store.DeleteAsync(Table, Partition, keys, cancellation);
    }

    private async Task<byte[]> FindOrAddAsync(string key, CancellationToken cancellation)
    {
        while (true)
        {
            if (await store.FindAsync(Table, Partition, key, cancellation) is { } row)
                return row.Get(Salt);

            var salt = RandomNumberGenerator.GetBytes(SaltBytes);
            if (await store.TryWriteAsync(Table, new Row(Partition, key, Salt.Of(salt)), null, cancellation) is not null)
                return salt;
        }
    }

    private void Forget(DateOnly before)
    {
        foreach (var day in _known.Keys.Where(day => day < before))
            _known.TryRemove(day, out _);
    }
}
