using System.Security.Cryptography;
using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Charts.Documents;

/// <summary>An answer that is made once and sent many times, in every coding.</summary>
/// <param name="Tag">A hash of the content.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="ThroughMs">The end of the last day that is in it, epoch ms; null where there is none.</param>
/// <param name="Identity">The bytes.</param>
/// <param name="Brotli">The bytes, compressed with brotli.</param>
/// <param name="Gzip">The bytes, compressed with gzip.</param>
public sealed record ChartBody(string Tag, string ContentType, long? ThroughMs, byte[] Identity, byte[] Brotli, byte[] Gzip)
{
    public const string Json = "application/json";
    public const string Html = "text/html; charset=utf-8";

    /// <summary>Bytes that it takes in memory.</summary>
    public int Size => Identity.Length + Brotli.Length + Gzip.Length;

    /// <summary>The bytes in a coding.</summary>
    public byte[] In(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => Brotli,
        ContentCoding.Gzip => Gzip,
        _ => Identity,
    };

    /// <summary>Compresses content.</summary>
    public static ChartBody Of(byte[] content, string contentType, long? throughMs = null, int quality = Compression.GoodQuality) => new(
        Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16)),
        contentType,
        throughMs,
        content,
        Compression.Brotli(content, quality),
        Compression.Gzip(content));
}
