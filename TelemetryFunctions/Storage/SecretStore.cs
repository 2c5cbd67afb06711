using System.Security.Cryptography;

namespace TelemetryFunctions.Storage;

/// <summary>
/// The table KEYS: random secrets of this site, each in a row of its own. They are in no other table, so that nobody who has what was made with one can make it
/// again.
/// </summary>
public sealed class SecretStore(ITableStore store)
{
    internal const int Bytes = 32;

    private static readonly Column<byte[]> Secret = new("Secret");

    public static TableSchema Table { get; } = new("KEYS", Secret);

    /// <summary>A secret, the same one on every instance. Whoever asks first makes it.</summary>
    /// <param name="partition">Whose it is.</param>
    /// <param name="key">What it is for.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<byte[]> FindOrAddAsync(string partition, string key, CancellationToken cancellation)
    {
        while (true)
        {
            if (await store.FindAsync(Table, partition, key, cancellation) is { } row)
                return row.Get(Secret);

            var secret = RandomNumberGenerator.GetBytes(Bytes);
            if (await store.TryWriteAsync(Table, RowOf(partition, key, secret), null, cancellation) is not null)
                return secret;
        }
    }

    /// <summary>The row of a secret.</summary>
    internal static Row RowOf(string partition, string key, byte[] secret) => new(partition, key, Secret.Of(secret));
}
