using System.Security.Cryptography;
using System.Text;

namespace TelemetryFunctions.Reports;

/// <summary>The UUID that names a system, as 32 lower-case hex digits.</summary>
public readonly record struct SystemId
{
    /// <summary>Shards of a day and of the registry.</summary>
    public const string Shards = "0123456789abcdef";

    private const int VersionDigit = 12;
    private const int VariantDigit = 16;

    private readonly string _digits;

    private SystemId(Guid id) => _digits = id.ToString("n");

    /// <summary>The shard of this system, the same for ever: a digit of a hash, because UUIDs need not be random.</summary>
    public char Shard
    {
        get
        {
            Span<byte> id = stackalloc byte[16];
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            Convert.FromHexString(_digits, id, out _, out _);
            SHA256.HashData(id, hash);
            return Shards[hash[0] & 15];
        }
    }

    /// <summary>True where who speaks for the system must have its key: a UUID of version 8 (RFC 9562).</summary>
    public bool IsMadeOfKey => _digits[VersionDigit] == '8' && _digits[VariantDigit] is ('8' or '9' or 'a' or 'b');

    /// <summary>True where the id is the first 16 bytes of the SHA-256 of a key, with the bits of version and variant over them.</summary>
    public bool IsMadeOf(string key)
    {
        Span<byte> id = stackalloc byte[16];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Convert.FromHexString(_digits, id, out _, out _);
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return CryptographicOperations.FixedTimeEquals(hash[..id.Length], id);
    }

    /// <summary>Reads a UUID with or without dashes, in any case.</summary>
    public static bool TryParse(string? text, out SystemId id)
    {
        var isId = Guid.TryParseExact(text, "N", out var value) || Guid.TryParseExact(text, "D", out value);
        id = isId ? new SystemId(value) : default;
        return isId;
    }

    public override string ToString() => _digits;
}
