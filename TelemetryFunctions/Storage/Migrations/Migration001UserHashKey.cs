using System.Security.Cryptography;
using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Rollups;

namespace TelemetryFunctions.Storage.Migrations;

/// <summary>
/// The key of the users' hashes was a row of USERDAYS, <c>key</c> of the partition <c>key</c>, and has a table of its own. A user must keep the
/// hash that is stored already, or counts twice.
/// </summary>
public sealed class Migration001UserHashKey : IMigration
{
    private const string OldName = "key";

    public int Number => 1;

    public IReadOnlyList<TableSchema> Tables { get; } = [SecretStore.Table, UserDays.Table];

    public bool ChangesCharts => false;

    public string Pre => "copies the key of the users' hashes from USERDAYS to KEYS";

    public string Post => "deletes the old key from USERDAYS";

    public async Task PreAsync(ITableStore store, CancellationToken cancellation)
    {
        var key = await FindOrAddOldAsync(store, cancellation);
        await store.TryWriteAsync(SecretStore.Table, UserHashes.RowOf(key), null, cancellation);
    }

    public Task PostAsync(ITableStore store, CancellationToken cancellation) => store.DeleteAsync(UserDays.Table, OldName, [OldName], cancellation);

    /// <summary>Where there is none yet, an older version that runs must not make one of its own.</summary>
    private static async Task<byte[]> FindOrAddOldAsync(ITableStore store, CancellationToken cancellation)
    {
        while (true)
        {
            if (await store.FindAsync(UserDays.Table, OldName, OldName, cancellation) is { } row)
                return row.Get(UserDays.Data);

            var key = RandomNumberGenerator.GetBytes(UserHashes.KeyBytes);
            await store.TryWriteAsync(UserDays.Table, new Row(OldName, OldName, UserDays.Data.Of(key)), null, cancellation);
        }
    }
}
