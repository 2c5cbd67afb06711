namespace TelemetryFunctions.Standalone.Audit;

/// <summary>What the audit found. Never the value itself: what it tells may go into the log of a pipeline.</summary>
/// <param name="Metric">The metric that reads it; a dash where none does.</param>
/// <param name="Path">Where it stands.</param>
/// <param name="Rule">What it looks like.</param>
internal sealed record Finding(string Metric, string Path, string Rule)
{
    /// <summary>In place of a metric.</summary>
    public const string NoMetric = "-";
}
