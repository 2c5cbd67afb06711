namespace TelemetryFunctions.Http;

/// <summary>A request that is not what it should be.</summary>
/// <param name="status">The HTTP status, 4xx.</param>
/// <param name="detail">What is wrong and what to mend.</param>
public sealed class RequestRejectedException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;
}
