using System.Security.Cryptography;
using System.Text;

namespace TelemetryFunctions.Http;

/// <summary>A secret that opens something.</summary>
/// <param name="key">The secret; where it is not set, nothing opens it.</param>
public sealed class AccessKey(string? key)
{
    // Hashes have one length, so comparing them tells nothing about the key, not even its length.
    private readonly byte[]? _hash = string.IsNullOrEmpty(key) ? null : Hash(key);

    public bool IsSet => _hash is not null;

    public bool IsOpenedBy(string given) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, Hash(given));

    /// <summary>Whether <see cref="Sign"/> made a signature of a text.</summary>
    public bool HasSigned(string text, ReadOnlySpan<byte> signature) => _hash is not null && CryptographicOperations.FixedTimeEquals(Sign(text), signature);

    /// <summary>A signature that only who has the key can make, and that does not tell it.</summary>
    /// <exception cref="InvalidOperationException">The key is not set.</exception>
    public byte[] Sign(string text) =>
        HMACSHA256.HashData(_hash ?? throw new InvalidOperationException("There is no key to sign with."), Encoding.UTF8.GetBytes(text));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
