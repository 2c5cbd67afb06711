using System.IO.Compression;

namespace TelemetryFunctions.Charts.Documents;

/// <summary>Compresses what is written once and sent many times.</summary>
internal static class Compression
{
    /// <summary>The quality beyond which time grows much faster than size shrinks.</summary>
    public const int GoodQuality = 9;

    /// <summary>The best quality, ten times slower: for what every visitor gets.</summary>
    public const int BestQuality = 11;

    private const int BrotliWindow = 22;

    public static byte[] Brotli(ReadOnlySpan<byte> bytes, int quality = GoodQuality)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, buffer, out var length, quality, BrotliWindow)
            ? buffer[..length]
            : throw new InvalidOperationException("The buffer is too small for brotli.");
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return output.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not brotli.</exception>
    public static byte[] ReadBrotli(byte[] bytes)
    {
        using var output = new MemoryStream();
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            brotli.CopyTo(output);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException(e.Message, e);
        }

        return output.ToArray();
    }
}
