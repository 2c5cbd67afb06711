using System.Text.Json.Serialization;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Adoption;
using TelemetryFunctions.Charts.Badges;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Charts.Overview;
using TelemetryFunctions.Events;
using TelemetryFunctions.Events.Forgetting;
using TelemetryFunctions.Events.Operations;

namespace TelemetryFunctions.Http;

/// <summary>The JSON of the public API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(SummaryAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ChartEntry>))]
[JsonSerializable(typeof(ChartDocument))]
[JsonSerializable(typeof(OverviewDocument))]
[JsonSerializable(typeof(IReadOnlyList<ChartMark>))]
[JsonSerializable(typeof(AdoptionDocument))]
[JsonSerializable(typeof(Badge))]
[JsonSerializable(typeof(EventsAnswer))]
[JsonSerializable(typeof(ForgetAnswer))]
[JsonSerializable(typeof(RollupDocument))]
[JsonSerializable(typeof(IReadOnlyList<RollupEntry>))]
public sealed partial class ApiJson : JsonSerializerContext;

/// <summary>The answer to a report.</summary>
/// <param name="Status"><c>accepted</c> or <c>ignored</c>.</param>
/// <param name="Reason">Why it was ignored.</param>
/// <param name="Day">The day on which it counts, where the request named one.</param>
public sealed record ReportAnswer(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? Day = null);

/// <summary>The answer to a notification of installs.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
public sealed record StatusAnswer(string Status);

/// <summary>The answer to a run.</summary>
/// <param name="Summarized">The days that are done now, oldest first.</param>
/// <param name="Provisional">The day that got provisional points, or null.</param>
/// <param name="Reports">Reports counted.</param>
/// <param name="Skipped">Reports that could not be read.</param>
/// <param name="Expired">Raw reports removed for their age.</param>
/// <param name="Others">What was counted of other sources, by their names: of installs those of the hours that are over.</param>
public sealed record SummaryAnswer(
    IReadOnlyList<DateOnly> Summarized, DateOnly? Provisional, long Reports, long Skipped, long Expired, IReadOnlyDictionary<string, long> Others);

/// <summary>How the service is.</summary>
/// <param name="Status"><c>ok</c>, <c>late</c> where a day is not summarized an hour after it closed, <c>ahead</c>
/// where one is that is not over, because a clock was wrong, <c>clock</c> where this machine's was never set,
/// <c>damaged</c> or <c>unavailable</c> as <paramref name="Storage"/> says.</param>
/// <param name="LastSummarizedDay">The last day that is done, or null.</param>
/// <param name="NextRun">When the next day will be summarized.</param>
/// <param name="Storage">
/// <c>reachable</c>, <c>unreachable</c>, <c>not writable</c> (a full disk, a lock, a file that was removed), or <c>damaged</c>.
/// </param>
/// <param name="ReportsIgnored">Reports since this process started that were valid but not wanted.</param>
/// <param name="StorageCheckedAt">When the store's files were last looked through and in order; not there where there are none.</param>
/// <param name="Unreadable">
/// Reports of the last summarized day that a metric could not count, by metric: they say its field as something else. Not there where
/// there are none.
/// </param>
/// <param name="Forgetting">Users of events who are to be forgotten. Not there where there are none.</param>
/// <param name="Withheld">
/// Metrics that are not shown because labels of the last summarized day look personal, and the rules that say so. Of a metric with a chart for each name, the
/// names that look so are not shown. Not there where there are none.
/// </param>
/// <param name="Excluded">
/// Systems of the last summarized day that no metric counts, by the rule that says so, or <c>listed</c>. Not there where there are none, or too few for a label.
/// </param>
public sealed record HealthAnswer(
    string Status,
    DateOnly? LastSummarizedDay,
    DateTimeOffset NextRun,
    string Storage,
    long ReportsIgnored,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? StorageCheckedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, long>? Unreadable = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ForgettingAnswer? Forgetting = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Withheld = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, long>? Excluded = null);

/// <summary>What is to be forgotten.</summary>
/// <param name="Pending">Users of whom something may be left.</param>
/// <param name="Since">The first of their requests.</param>
public sealed record ForgettingAnswer(int Pending, DateTimeOffset Since);
