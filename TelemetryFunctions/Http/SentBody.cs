using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace TelemetryFunctions.Http;

/// <summary>Reads a request's body as it was sent, and never more than a limit.</summary>
internal static class SentBody
{
    /// <returns>The body, or null where it has more bytes than it may.</returns>
    /// <exception cref="BadHttpRequestException">It is no HTTP, or broke off.</exception>
    /// <exception cref="IOException">The connection broke off.</exception>
    /// <exception cref="OperationCanceledException">The client hung up.</exception>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes)
            return null;

        try
        {
            var reader = request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(cancellation);
                if (read.Buffer.Length > maxBytes)
                {
                    // The host reads and drops the rest, so that the client gets the answer.
                    reader.AdvanceTo(read.Buffer.End);
                    return null;
                }

                if (read.IsCompleted)
                {
                    var body = read.Buffer.ToArray();
                    reader.AdvanceTo(read.Buffer.End);
                    return body;
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception) when (HttpProtocol.IsHttp11(request.Protocol))
        {
            // There is no next request behind half a body. Kestrel would look for one, and warn that it can't. What no longer waits for
            // an answer gets none, and the host ends its connection.
            request.HttpContext.Response.Headers.Connection = "close";
            throw;
        }
    }
}
