using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Reports;

/// <summary>Decides which systems no metric counts: those that the maintainers name, and those of which a rule of the catalogue is true.</summary>
public sealed class Exclusions(MetricCatalogue catalogue, ReportOptions options)
{
    private readonly bool _areThere = options.ExcludedSystems.Count + catalogue.Exclusions.Count > 0;

    /// <summary>True where a rule asks how many reports a system sent on a day. To count them, each is looked up before the next is stored.</summary>
    public bool CountReports { get; } = catalogue.Exclusions.Any(rule => rule.MoreReportsThan is not null);

    /// <summary>The id of the rule by which a system does not count on a day, <see cref="ExclusionRule.Listed"/> for one that is named, or null where it counts.</summary>
    /// <param name="system">Its id, 32 hex digits.</param>
    /// <param name="report">Its report of the day.</param>
    /// <param name="ageDays">Days since it was first seen.</param>
    /// <param name="reports">How many it sent on the day; null where they were not counted.</param>
    public string? Find(string system, Report report, int ageDays, long? reports)
    {
        if (!_areThere)
            return null;
        return IsNamed(system)
            ? ExclusionRule.Listed
            : catalogue.Exclusions.FirstOrDefault(rule => rule.Excludes(report, ageDays, reports))?.Id;
    }

    /// <summary>True for a system that the maintainers name.</summary>
    /// <param name="system">Its id, 32 hex digits.</param>
    public bool IsNamed(string system) => options.ExcludedSystems.Contains(system);

    /// <summary>
    /// Those of some counts that may be published. A rule says what its systems have in common, as a label does, so that what is too few for a label is for it
    /// too; none is published as little, which is no more than nobody knows.
    /// </summary>
    public IReadOnlyDictionary<string, long>? Publishable(IReadOnlyDictionary<string, long> systems)
    {
        var least = Math.Max(options.MinimumLabelSystems, options.Noise?.Below ?? 0);
        var published = systems.Where(rule => rule.Value >= least).ToDictionary(StringComparer.Ordinal);
        return published.Count > 0 ? published : null;
    }
}
