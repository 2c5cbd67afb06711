namespace TelemetryFunctions.Charts.Documents;

/// <summary>The days that charts show.</summary>
/// <param name="FirstMs">The start of the first day, epoch ms.</param>
/// <param name="ThroughMs">The end of the last day that is done, epoch ms; null before the first.</param>
/// <param name="EndMs">The end of the last day that is shown, epoch ms.</param>
public readonly record struct ChartSpan(long FirstMs, long? ThroughMs, long EndMs)
{
    /// <summary>The last day that is done, or null.</summary>
    public DateOnly? Through => ThroughMs is { } end ? ChartQuery.Day(end - ChartData.DayMs) : null;

    /// <summary>True where the last day is not over.</summary>
    public bool IsProvisional => EndMs > (ThroughMs ?? FirstMs);
}
