using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Reports;

/// <summary>Reads a request's body, inflated, and never more than the limit.</summary>
internal static class ReportBody
{
    private const int TrailerBytes = 8;

    /// <returns>The body as the sender wrote it, 1 to <see cref="ReportLimits.MaxBytes"/> bytes.</returns>
    /// <exception cref="ReportRejectedException">Empty, too large, or not encoded as it says.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var isGzip = IsGzip(request.Headers.ContentEncoding);
        var body = await ReadSentAsync(request, cancellation);
        if (isGzip && body.Length > 0)
            body = Inflate(body);
        return body.Length > 0 ? body : throw new ReportRejectedException(
            StatusCodes.Status400BadRequest, "The body is empty. Send a report as protobuf, or as JSON with Content-Type: application/json.");
    }

    private static bool IsGzip(string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        null or "" or "identity" => false,
        "gzip" or "x-gzip" => true,
        _ => throw new ReportRejectedException(
            StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding is \"{encoding}\". Send the body plain or with gzip."),
    };

    private static async Task<byte[]> ReadSentAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await SentBody.ReadAsync(request, ReportLimits.MaxBytes, cancellation) ?? throw TooLarge();
        }
        catch (BadHttpRequestException e)
        {
            throw new ReportRejectedException(e.StatusCode, $"The body can't be read: {e.Message}");
        }
    }

    private static byte[] Inflate(byte[] body)
    {
        // One byte more than allowed tells a body that is too large from one that just fits.
        var buffer = ArrayPool<byte>.Shared.Rent(ReportLimits.MaxBytes + 1);
        try
        {
            using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
            var length = gzip.ReadAtLeast(buffer.AsSpan(0, ReportLimits.MaxBytes + 1), ReportLimits.MaxBytes + 1, throwOnEndOfStream: false);
            if (length > ReportLimits.MaxBytes)
                throw TooLarge();

            var inflated = buffer.AsSpan(0, length);
            return HasTrailerOf(inflated, body) ? inflated.ToArray() : throw new ReportRejectedException(
                StatusCodes.Status400BadRequest,
                "The body does not end as gzip of what is in it: it was cut short, or has something behind its end. Send it again, as one gzip member.");
        }
        catch (InvalidDataException e)
        {
            throw new ReportRejectedException(StatusCodes.Status400BadRequest, $"The body is not the gzip that Content-Encoding says it is: {e.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Whether the gzip ends with the CRC-32 and the length of what it inflates to (RFC 1952, 2.3.1). GZipStream takes the end of its
    /// input for the end of the data, and ignores what comes after it.
    /// </summary>
    private static bool HasTrailerOf(ReadOnlySpan<byte> inflated, ReadOnlySpan<byte> gzip) =>
        gzip.Length >= TrailerBytes
        && BinaryPrimitives.ReadUInt32LittleEndian(gzip[^TrailerBytes..]) == Crc32.HashToUInt32(inflated)
        && BinaryPrimitives.ReadUInt32LittleEndian(gzip[^(TrailerBytes / 2)..]) == (uint)inflated.Length;

    private static ReportRejectedException TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The body has more than {ReportLimits.MaxBytes} bytes, inflated. Send a smaller report."));
}
