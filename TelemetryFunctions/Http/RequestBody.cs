using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Http;

/// <summary>Reads a request's body, inflated, and never more than the limit.</summary>
internal static class RequestBody
{
    private const int TrailerBytes = 8;

    /// <param name="request">The request.</param>
    /// <param name="maxBytes">Bytes that the body may have, inflated.</param>
    /// <param name="wanted">What is to be sent, for who sends nothing: a sentence.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The body as the sender wrote it, 1 to <paramref name="maxBytes"/> bytes.</returns>
    /// <exception cref="RequestRejectedException">Empty, too large, or not encoded as it says.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int maxBytes, string wanted, CancellationToken cancellation)
    {
        var isGzip = IsGzip(request.Headers.ContentEncoding);
        var body = await ReadSentAsync(request, maxBytes, cancellation);
        if (isGzip && body.Length > 0)
            body = Inflate(body, maxBytes);
        return body.Length > 0 ? body : throw new RequestRejectedException(StatusCodes.Status400BadRequest, $"The body is empty. {wanted}");
    }

    private static bool IsGzip(string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        null or "" or "identity" => false,
        "gzip" or "x-gzip" => true,
        _ => throw new RequestRejectedException(
            StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding is \"{encoding}\". Send the body plain or with gzip."),
    };

    private static async Task<byte[]> ReadSentAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        try
        {
            return await SentBody.ReadAsync(request, maxBytes, cancellation) ?? throw TooLarge(maxBytes);
        }
        catch (BadHttpRequestException e)
        {
            throw new RequestRejectedException(e.StatusCode, $"The body can't be read: {e.Message}");
        }
    }

    private static byte[] Inflate(byte[] body, int maxBytes)
    {
        // One byte more than allowed tells a body that is too large from one that just fits.
        var buffer = ArrayPool<byte>.Shared.Rent(maxBytes + 1);
        try
        {
            using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
            var length = gzip.ReadAtLeast(buffer.AsSpan(0, maxBytes + 1), maxBytes + 1, throwOnEndOfStream: false);
            if (length > maxBytes)
                throw TooLarge(maxBytes);

            var inflated = buffer.AsSpan(0, length);
            return HasTrailerOf(inflated, body) ? inflated.ToArray() : throw new RequestRejectedException(
                StatusCodes.Status400BadRequest,
                "The body does not end as gzip of what is in it: it was cut short, or has something behind its end. Send it again, as one gzip member.");
        }
        catch (InvalidDataException e)
        {
            throw new RequestRejectedException(StatusCodes.Status400BadRequest, $"The body is not the gzip that Content-Encoding says it is: {e.Message}");
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

    private static RequestRejectedException TooLarge(int maxBytes) => new(
        StatusCodes.Status413PayloadTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The body has more than {maxBytes} bytes, inflated. Send less at once."));
}
