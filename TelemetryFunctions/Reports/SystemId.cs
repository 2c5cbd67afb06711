using System.Security.Cryptography;

namespace TelemetryFunctions.Reports;

/// <summary>The UUID that names a system, as 32 lower-case hex digits.</summary>
public readonly record struct SystemId
{
    /// <summary>Shards of a day and of the registry.</summary>
    public const string Shards = "0123456789abcdef";

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

    /// <summary>Reads a UUID with or without dashes, in any case.</summary>
    public static bool TryParse(string? text, out SystemId id)
    {
        var isId = Guid.TryParseExact(text, "N", out var value) || Guid.TryParseExact(text, "D", out value);
        id = isId ? new SystemId(value) : default;
        return isId;
    }

    public override string ToString() => _digits;
}
