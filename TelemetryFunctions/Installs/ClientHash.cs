using System.Security.Cryptography;
using System.Text;

namespace TelemetryFunctions.Installs;

/// <summary>
/// Tells clients apart for the length of a bucket without saying who they are: hashes of address and user agent, keyed with
/// a salt that is destroyed after its day. Never stored as it is.
/// </summary>
public sealed class ClientHash
{
    /// <summary>Shards of a bucket.</summary>
    public const string Shards = "0123456789abcdef";

    private const byte AddressMark = 1;
    private const byte UserAgentMark = 2;
    private const byte RelayedMark = 3;

    private readonly byte[] _address;
    private readonly byte[] _userAgent;

    /// <param name="salt">The salt of the bucket's day.</param>
    /// <param name="client">The client.</param>
    public ClientHash(byte[] salt, InstallClient client)
    {
        var address = client.Address is { IsIPv4MappedToIPv6: true } ? client.Address.MapToIPv4() : client.Address;
        byte[] addressBytes = client.Relayed.Length > 0
            ? [RelayedMark, .. Encoding.UTF8.GetBytes(client.Relayed)]
            : [AddressMark, .. address?.GetAddressBytes() ?? []];
        byte[] userAgentBytes = [UserAgentMark, .. Encoding.UTF8.GetBytes(client.UserAgent)];
        _address = HMACSHA256.HashData(salt, addressBytes);
        _userAgent = HMACSHA256.HashData(salt, userAgentBytes);
        Shard = Shards[SHA256.HashData([.. _address, .. _userAgent])[0] & 15];
    }

    /// <summary>The shard of all that this client sends under this salt, so that one body is one batch.</summary>
    public char Shard { get; }

    /// <summary>The same for the same download of the same client under the same salt, 64 hex digits.</summary>
    public string DedupeHash(Download download)
    {
        // Names and versions have no zero byte, and the hashes have a fixed length: no two inputs are the same bytes.
        Span<byte> texts = stackalloc byte[PackageName.MaxLength + PackageVersion.MaxBytes + 2];
        var length = Encoding.ASCII.GetBytes(download.Package, texts);
        texts[length++] = 0;
        length += Encoding.UTF8.GetBytes(download.Version, texts[length..]);
        texts[length++] = 0;
        return Convert.ToHexStringLower(SHA256.HashData([.. _address, .. texts[..length], .. _userAgent]));
    }
}
