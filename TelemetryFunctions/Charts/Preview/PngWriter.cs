using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace TelemetryFunctions.Charts.Preview;

/// <summary>Writes PNG: eight bits of red, green and blue a pixel.</summary>
/// <remarks>Source: https://www.w3.org/TR/png-3/</remarks>
internal static class PngWriter
{
    private const byte BitDepth = 8;
    private const byte TrueColor = 2;
    private const byte SubFilter = 1;
    private const int Channels = 3;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Write(Raster picture)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        (header[8], header[9]) = (BitDepth, TrueColor);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(picture));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Each row as differences to the pixel before, which are zeros mostly.</summary>
    private static byte[] Compress(Raster picture)
    {
        using var bytes = new MemoryStream();
        using (var zlib = new ZLibStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            var stride = picture.Width * Channels;
            var row = new byte[stride + 1];
            row[0] = SubFilter;
            for (var y = 0; y < picture.Height; y++)
            {
                var pixels = picture.Pixels.AsSpan(y * stride, stride);
                for (var i = 0; i < stride; i++)
                    row[i + 1] = (byte)(pixels[i] - (i < Channels ? 0 : pixels[i - Channels]));
                zlib.Write(row);
            }
        }

        return bytes.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
