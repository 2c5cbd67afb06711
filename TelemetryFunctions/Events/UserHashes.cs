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

    internal const int KeyBytes = SecretStore.Bytes;

    private readonly SecretStore _secrets = new(store);
    private byte[]? _known;

    /// <summary>What makes a hash of a user, the same one on every instance. Whoever asks first makes the key.</summary>
    public async Task<Func<string, ulong>> GetHashAsync(CancellationToken cancellation)
    {
        var key = _known ??= await _secrets.FindOrAddAsync(Partition, Key, cancellation);
        return user => BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(user)));
    }

    /// <summary>The row of a key.</summary>
    internal static Row RowOf(byte[] key) => SecretStore.RowOf(Partition, Key, key);
}
