using Azure;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>The service refused a transaction; nothing of it was written.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    /// <param name="requestFailedException">What the service answered.</param>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException.InnerException)
    {
    }

    /// <summary>Which action was refused, where the service said so.</summary>
    public int? FailedTransactionActionIndex { get; internal init; }
}
