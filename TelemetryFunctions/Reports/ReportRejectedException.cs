namespace TelemetryFunctions.Reports;

/// <summary>A request that is no report.</summary>
/// <param name="status">The HTTP status, 4xx.</param>
/// <param name="detail">What is wrong and what to mend.</param>
public sealed class ReportRejectedException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;
}
