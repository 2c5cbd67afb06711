namespace TelemetryFunctions.Reports;

/// <summary>Bounds of a report, so that none can hurt the summaries.</summary>
public static class ReportLimits
{
    /// <summary>Bytes of a report, inflated: what fits into one column.</summary>
    public const int MaxBytes = Storage.StorageLimits.MaxValueBytes;

    public const int MaxComponents = 64;
}
