using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TelemetryFunctions.Storage;

namespace TelemetryFunctions.Events;

/// <summary>
/// Hashes of users, with a random key that lies in a table of its own, KEYS: partition = <c>users</c>, key = <c>hash</c>. So nobody who has the
/// tables of the hashes alone can ask them for a user.
/// </summary>
public sealed class UserHashes(ITableStore store)
{
    private const string Partition = "users";
    private const string Key = "hash";

    internal const int KeyBytes = 32;

    private static readonly Column<byte[]> Secret = new("Secret");

    private byte[]? _known;

    public static TableSchema Table { get; } = new("KEYS", Secret);

    /// <summary>What makes a hash of a user, the same one on every instance. Whoever asks first makes the key.</summary>
    public async Task<Func<string, ulong>> GetHashAsync(CancellationToken cancellation)
    {
        var key = _known ??= await FindOrAddKeyAsync(cancellation);
        return user => BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(user)));
    }

    /// <summary>The row of a key.</summary>
    internal static Row RowOf(byte[] key) => new(Partition, Key, Secret.Of(key));

    private async Task<byte[]> FindOrAddKeyAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (await store.FindAsync(Table, Partition, Key, cancellation) is { } row)
                return row.Get(Secret);

            var key = RandomNumberGenerator.GetBytes(KeyBytes);
            if (await store.TryWriteAsync(Table, RowOf(key), null, cancellation) is not null)
                return key;
        }
    }
}
