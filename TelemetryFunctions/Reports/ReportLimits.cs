namespace TelemetryFunctions.Reports;

/// <summary>Bounds of a report, so that none can hurt the summaries.</summary>
public static class ReportLimits
{
    /// <summary>Bytes of a report, inflated: what fits into one column.</summary>
    public const int MaxBytes = Storage.StorageLimits.MaxValueBytes;

    public const int MaxComponents = 64;

    /// <summary>Characters of a component's name.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Bytes of a component's name in UTF-8: what, encoded, fits into a key.</summary>
    public const int MaxNameBytes = 160;

    /// <summary>Characters of a component's version.</summary>
    public const int MaxVersionLength = 32;
}
