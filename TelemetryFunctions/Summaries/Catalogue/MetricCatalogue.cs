namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>The metrics of this site.</summary>
/// <param name="metrics">The metrics, in the order of the page.</param>
public sealed class MetricCatalogue(IReadOnlyList<Metric> metrics)
{
    public IReadOnlyList<Metric> Metrics { get; } = metrics;

    /// <summary>The metric with an id, or null.</summary>
    public Metric? Find(string id) => Metrics.FirstOrDefault(metric => metric.Id == id);
}
