using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TelemetryFunctions.Client.Reports;

/// <summary>
/// The secret that a system's id is made of. Who has it can prove to be that system: nobody else can report for it, or have it forgotten.
/// </summary>
internal static class SystemKey
{
    /// <summary>The header that proves a report to be the system's own.</summary>
    public const string Header = "X-System-Key";

    private const int Bytes = 32;
    private const int MinLength = 16;
    private const int MaxLength = 256;

    /// <summary>A key that nobody has had.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>True for what can be a key, and stand in a header.</summary>
    public static bool IsOne(string? key) =>
        key is { Length: >= MinLength and <= MaxLength } && key.All(character => character is > ' ' and <= '~');

    /// <summary>The id that a key makes: a UUID of version 8 (RFC 9562) of the first 16 bytes of its SHA-256.</summary>
    public static Guid IdOf(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
