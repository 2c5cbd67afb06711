namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>The metrics of this site.</summary>
/// <param name="metrics">The metrics, in the order of the page.</param>
/// <param name="exclusions">Which systems none of them counts; the first rule that is true of one counts.</param>
public sealed class MetricCatalogue(IReadOnlyList<Metric> metrics, IReadOnlyList<ExclusionRule>? exclusions = null)
{
    public IReadOnlyList<Metric> Metrics { get; } = metrics;

    /// <summary>Which systems no metric counts.</summary>
    public IReadOnlyList<ExclusionRule> Exclusions { get; } = exclusions ?? [];

    /// <summary>The metrics at the top of the page: those that are marked, else the first that counts systems, else the first.</summary>
    public IReadOnlyList<Metric> Headlines { get; } = FindHeadlines(metrics);

    /// <summary>What reports are like, beside what the metrics read.</summary>
    public ReportMembers Report { get; init; } = ReportMembers.Default;

    /// <summary>The properties that metrics and exclusions read, by their first members.</summary>
    public IReadOnlySet<string> Properties { get; } =
        metrics.Select(metric => metric.Field).Concat((exclusions ?? []).Select(rule => rule.Field)).OfType<PropertyField>().Select(property => property.Member).ToHashSet(StringComparer.Ordinal);

    /// <summary>The metric with an id, or null.</summary>
    public Metric? Find(string id) => Metrics.FirstOrDefault(metric => metric.Id == id);

    private static IReadOnlyList<Metric> FindHeadlines(IReadOnlyList<Metric> metrics)
    {
        var marked = metrics.Where(metric => metric.IsHeadline).ToList();
        return marked.Count > 0 ? marked : [.. metrics.OrderByDescending(metric => metric.Kind == MetricKind.Count).Take(1)];
    }
}

/// <summary>What a catalogue says about the members of reports.</summary>
/// <param name="Id">The member of a JSON report that carries the system's id; null for <c>system_id</c> alone.</param>
/// <param name="Forbidden">Members that no report may have.</param>
public sealed record ReportMembers(string? Id, IReadOnlySet<string> Forbidden)
{
    public static readonly ReportMembers Default = new(null, new HashSet<string>());

    /// <summary>
    /// True where nothing in the catalogue reads a field of the schema: then its names are the product's, and a JSON report may have anything in them but in
    /// <c>system_id</c> and <c>properties</c>.
    /// </summary>
    public bool AreOwn { get; init; }

    /// <summary>The members that must be looked at when a report comes in.</summary>
    public IReadOnlySet<string> Asked { get; } = Forbidden.Union(Id is null ? [] : [Id]).ToHashSet(StringComparer.Ordinal);
}
