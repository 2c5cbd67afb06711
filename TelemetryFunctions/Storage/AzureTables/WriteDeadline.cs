using Azure.Core;
using Azure.Core.Pipeline;

namespace TelemetryFunctions.Storage.AzureTables;

/// <summary>
/// Keeps a write from being sent, or sent again, after its <c>notAfter</c>. Stands behind Azure.Core's retries,
/// so it sees every try.
/// </summary>
internal sealed class WriteDeadline(TimeProvider time) : HttpPipelinePolicy
{
    private const string Property = "TelemetryFunctions.WriteDeadline";

    /// <summary>Requests made until the result is disposed of carry the deadline.</summary>
    public static IDisposable? Begin(DateTimeOffset? notAfter) => notAfter is { } deadline
        ? HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Property] = new Tries(deadline) })
        : null;

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Check(message);
        return ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Check(message);
        ProcessNext(message, pipeline);
    }

    private void Check(HttpMessage message)
    {
        if (!message.TryGetProperty(Property, out var property) || property is not Tries tries)
            return;
        if (time.GetUtcNow() < tries.NotAfter)
            tries.Sent = true;
        else if (tries.Sent)
            // An earlier try may have been written after all, so this is not "expired".
            throw new StoreUnavailableException($"The write was not to be sent again after {tries.NotAfter:O}.");
        else
            throw new WriteExpiredException(tries.NotAfter);
    }

    private sealed class Tries(DateTimeOffset notAfter)
    {
        public DateTimeOffset NotAfter { get; } = notAfter;

        public bool Sent { get; set; }
    }
}
