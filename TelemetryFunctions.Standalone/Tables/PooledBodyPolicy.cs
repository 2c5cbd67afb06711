using System.Buffers;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>
/// Reads a page of rows into a pooled buffer, which goes back when the response is disposed of. It stands behind
/// the retries, so a page that breaks off is fetched again, as Azure.Core's own buffering would have it.
/// </summary>
internal sealed class PooledBodyPolicy : HttpPipelinePolicy
{
    private const int FirstSize = 64 * 1024;

    /// <summary>Has the message's answer read this way.</summary>
    public static void ApplyTo(HttpMessage message)
    {
        message.BufferResponse = false;
        message.SetProperty(typeof(PooledBodyPolicy), true);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.TryGetProperty(typeof(PooledBodyPolicy), out _) && message.Response.ContentStream is { } content)
        {
            await using (content)
                message.Response.ContentStream = await ReadAsync(content, message.CancellationToken);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        ProcessNext(message, pipeline);

    private static async Task<PooledBody> ReadAsync(Stream content, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
        try
        {
            var length = 0;
            while (await content.ReadAsync(buffer.AsMemory(length), cancellation) is > 0 and var read)
            {
                length += read;
                if (length == buffer.Length)
                    buffer = Grow(buffer);
            }

            return new PooledBody(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    private sealed class PooledBody(byte[] buffer, int length)
        : MemoryStream(buffer, 0, length, writable: false, publiclyVisible: true)
    {
        private byte[]? _rented = buffer;

        protected override void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref _rented, null) is { } rented)
                ArrayPool<byte>.Shared.Return(rented);
            base.Dispose(disposing);
        }
    }
}
