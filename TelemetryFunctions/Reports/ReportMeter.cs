using System.Diagnostics.Metrics;

namespace TelemetryFunctions.Reports;

/// <summary>Counts what becomes of reports.</summary>
public sealed class ReportMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "TelemetryFunctions.Reports";

    private readonly Counter<long> _reports;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _withheld;
    private readonly Counter<long> _excluded;
    private long _ignored;

    public ReportMeter(IMeterFactory meters)
    {
        _reports = meters.Create(Name).CreateCounter<long>("telemetry.reports", "{report}", "Reports by what became of them.");
        _unreadable = meters.Create(Name).CreateCounter<long>("telemetry.reports.unreadable", "{report}", "Reports that say a metric's field as something that it can't count.");
        _withheld = meters.Create(Name).CreateCounter<long>("telemetry.labels.withheld", "{label}", "Labels of closed days that look personal, and are not published.");
        _excluded = meters.Create(Name).CreateCounter<long>("telemetry.reports.excluded", "{report}", "Reports of closed days whose systems do not count, by the rule that says so.");
    }

    /// <summary>Reports of this process that were valid but not wanted.</summary>
    public long IgnoredCount => Interlocked.Read(ref _ignored);

    public void Accepted(ReportFormat format) =>
        _reports.Add(1, new("telemetry.outcome", "accepted"), new("telemetry.format", format.Name()));

    public void Ignored()
    {
        Interlocked.Increment(ref _ignored);
        _reports.Add(1, new KeyValuePair<string, object?>("telemetry.outcome", "ignored"));
    }

    public void Unreadable(string metric, long reports) => _unreadable.Add(reports, new KeyValuePair<string, object?>("telemetry.metric", metric));

    public void Withheld(string metric, long labels) => _withheld.Add(labels, new KeyValuePair<string, object?>("telemetry.metric", metric));

    public void Excluded(string rule, long reports) => _excluded.Add(reports, new KeyValuePair<string, object?>("telemetry.rule", rule));

    public void Rejected(int status) =>
        _reports.Add(1, new("telemetry.outcome", "rejected"), new("http.response.status_code", status));
}
