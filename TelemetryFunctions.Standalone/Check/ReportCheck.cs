using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Accumulators;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Check;

/// <summary>Tells what the service makes of a report, by the code that makes it.</summary>
internal sealed class ReportCheck(MetricCatalogue catalogue, ReportAdmission admission, Exclusions exclusions)
{
    /// <summary>Takes a report in without storing it, and summarizes it as if no other had come.</summary>
    public async Task<CheckedReport> CheckAsync(byte[] body, ReportFormat format, CancellationToken cancellation)
    {
        var (admitted, refusal) = await AdmitAsync(body, format, cancellation);
        var report = new CheckedReport(body.Length, GzippedLength(body), refusal, admitted?.Unwanted, [], []);
        try
        {
            var summarized = ReportParser.Read(body, format, catalogue.Properties, catalogue.Report.AreOwn);
            var members = SentMembers.Of(body, format, catalogue.Report.AreOwn);
            return report with
            {
                Exclusions = admitted is { Unwanted: null } ? [.. FindExclusions(admitted.System, summarized)] : [],
                Readings = [.. catalogue.Metrics.Select(metric => Read(metric, summarized, members))],
                Unread = [.. members.Unread(ReadFields()).Select(LabelText.Clean)],
            };
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return refusal is not null ? report : report with { Refusal = $"The report is stored, but can't be summarized: {e.Message}" };
        }
    }

    private async Task<(AdmittedReport? Admitted, string? Refusal)> AdmitAsync(byte[] body, ReportFormat format, CancellationToken cancellation)
    {
        var request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(body);
        request.ContentType = format == ReportFormat.Json ? "application/json" : "application/x-protobuf";
        try
        {
            return (await admission.AdmitAsync(request, cancellation), null);
        }
        catch (RequestRejectedException e)
        {
            return (null, e.Message);
        }
    }

    private IEnumerable<ReportExclusion> FindExclusions(SystemId system, Report report)
    {
        if (exclusions.IsNamed(system.ToString()))
            yield return new ReportExclusion(ExclusionRule.Listed, "Its id is in the file of Telemetry__ExcludedSystemsFile.", null, null);
        foreach (var rule in catalogue.Exclusions.Where(rule => rule.IsTrueOf(report)))
            yield return new ReportExclusion(rule.Id, rule.Because, rule.YoungerThan, rule.MoreReportsThan);
    }

    private IEnumerable<string> ReadFields() => catalogue.Metrics
        .Select(metric => metric.FieldName)
        .Concat(catalogue.Exclusions.Select(rule => rule.Field?.Name))
        .OfType<string>()
        .Append("system_id")
        .Concat(catalogue.Report.Id is { } id ? ["properties." + id] : []);

    private static MetricReading Read(Metric metric, IMessage report, SentMembers members)
    {
        var accumulator = metric.Accumulate();
        accumulator.Add(new Observation(report, 0));

        // A median is rounded; that of one system is the mean.
        var counted = accumulator.Points(metric.Id, new LabelBounds(1))
            .Where(point => point.Series.By != MeanAccumulator.ByMedian && point.Label != LabelBounds.Counted)
            .Select(point => Text(metric, point))
            .Distinct()
            .ToList();
        var found = metric.FieldName is { } field ? members.Find(field) : null;
        var sent = found is { IsField: true, Value.ValueKind: not JsonValueKind.Null } ? ValueText.Show(found.Value.Value) : null;
        var error = accumulator.Unreadable == 0 || found is not { } member
            ? null
            : $"{(member.IsField ? "it" : member.Name)} is {ValueText.Describe(member.Value)}, and kind {metric.Kind.Name} reads {(member.IsField ? "" : "in it ")}{metric.Kind.Wants.Property ?? metric.Kind.Wants.Wanted}";
        return new MetricReading(metric, sent, counted, error);
    }

    /// <summary>What a point counts: of kinds that count systems, the label says it all.</summary>
    private static string Text(Metric metric, Point point)
    {
        var label = point.Series.Name is null || point.Series.Name == point.Label ? point.Label : $"{point.Series.Name} {point.Label}";
        return metric.Kind.AbsentIsZero ? label : string.Create(CultureInfo.InvariantCulture, $"{label} {point.Value}");
    }

    private static int GzippedLength(byte[] body)
    {
        using var gzipped = new MemoryStream();
        using (var gzip = new GZipStream(gzipped, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(body);
        return (int)gzipped.Length;
    }
}

/// <summary>What the service makes of a report.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="GzippedBytes">Its length with gzip.</param>
/// <param name="Refusal">Why it is refused; null where it is not.</param>
/// <param name="Unwanted">Why it is taken in, but not stored; null where it is.</param>
/// <param name="Readings">What every metric reads of it.</param>
/// <param name="Unread">The members that no metric reads.</param>
internal sealed record CheckedReport(
    int Bytes, int GzippedBytes, string? Refusal, string? Unwanted, IReadOnlyList<MetricReading> Readings, IReadOnlyList<string> Unread)
{
    /// <summary>Why the system does not count; empty where it does.</summary>
    public IReadOnlyList<ReportExclusion> Exclusions { get; init; } = [];

    /// <summary>True where it is stored, and each metric can count what it says.</summary>
    public bool IsRight => Refusal is null && Unwanted is null && Readings.All(reading => reading.Unreadable is null);
}

/// <summary>Why a system does not count.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Because">What the rule says of it.</param>
/// <param name="Days">For how many days; null for ever.</param>
/// <param name="MoreReportsThan">Only on days on which it sends more reports; null for any.</param>
internal sealed record ReportExclusion(string Rule, string Because, int? Days, int? MoreReportsThan);

/// <summary>What a metric reads of a report.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Sent">The value as it was sent; null where there is none, or the metric reads no field.</param>
/// <param name="Counted">What it counts as; empty where it counts as nothing.</param>
/// <param name="Unreadable">Why it can't be counted, a sentence without its end; null where it can.</param>
internal sealed record MetricReading(Metric Metric, string? Sent, IReadOnlyList<string> Counted, string? Unreadable);
