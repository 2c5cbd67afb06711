using System.Security.Cryptography;
using TelemetryFunctions.Charts.Documents;

namespace TelemetryFunctions.Charts.Page;

/// <summary>A file of the pages as it is sent: as it is, and compressed when the app was built.</summary>
/// <param name="Name">The file's name, which carries a hash of its content.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Identity">The bytes.</param>
/// <param name="Brotli">The bytes, compressed with brotli.</param>
/// <param name="Gzip">The bytes, compressed with gzip.</param>
public sealed record WebAsset(
    string Name,
    string ContentType,
    ReadOnlyMemory<byte> Identity,
    ReadOnlyMemory<byte> Brotli,
    ReadOnlyMemory<byte> Gzip)
{
    private const int HashDigits = 12;

    /// <summary>A file of the site's own, compressed now.</summary>
    /// <param name="name">Its name, in which the hash goes before the dot.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="bytes">The bytes.</param>
    public static WebAsset Of(string name, string contentType, ReadOnlySpan<byte> bytes)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashDigits];
        var identity = bytes.ToArray();
        return new WebAsset(
            name.Replace(".", $"-{hash}.", StringComparison.Ordinal), contentType, identity, Compression.Brotli(bytes, Compression.BestQuality), Compression.Gzip(identity));
    }

    /// <summary>The path below the address of the site.</summary>
    public string Path => $"assets/{Name}";

    /// <summary>The bytes in an encoding.</summary>
    public ReadOnlyMemory<byte> In(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => Brotli,
        ContentCoding.Gzip => Gzip,
        _ => Identity,
    };
}
