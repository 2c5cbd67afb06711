using System.Buffers.Binary;
using System.IO.Hashing;

namespace TelemetryFunctions.Charts.Page.Branding;

/// <summary>Looks whether a PNG is whole.</summary>
/// <remarks>Source: https://www.w3.org/TR/png-3/</remarks>
internal static class PngFile
{
    public const string ContentType = "image/png";

    private const int MostPixels = 2_048;
    private const int LengthAndType = 8;
    private const int Crc = 4;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>The picture; null where it is none, for the reason in <paramref name="error"/>.</summary>
    public static SiteLogo? Read(byte[] file, out string error)
    {
        error = "it is a PNG that is cut short or damaged";
        var (width, height) = (0u, 0u);
        for (var rest = file.AsSpan(Signature.Length); rest.Length >= LengthAndType + Crc;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - LengthAndType - Crc)
                return null;

            var type = rest[4..LengthAndType];
            var data = rest.Slice(LengthAndType, (int)length);
            if (BinaryPrimitives.ReadUInt32BigEndian(rest[(LengthAndType + data.Length)..]) != Crc32.HashToUInt32(rest[4..(LengthAndType + data.Length)]))
                return null;
            if (type.SequenceEqual("IHDR"u8) && data.Length >= 8)
                (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
            rest = rest[(LengthAndType + data.Length + Crc)..];
            if (!type.SequenceEqual("IEND"u8))
                continue;

            if (width is 0 or > MostPixels || height is 0 or > MostPixels)
                error = FormattableString.Invariant($"it is {width} by {height} pixels, and at most {MostPixels} by {MostPixels} are taken");
            else
                return new SiteLogo(file, ContentType, width, height);
            return null;
        }

        return null;
    }
}
