using Google.Protobuf;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>
/// An entry below <c>exclude</c>: systems of which all that it says is true are excluded from what a day counts. That follows from a system's report of the
/// day, how many it sent and when it was first seen, so that a day that is summarized again comes out the same.
/// </summary>
/// <param name="Id">Its id in <c>/health</c> and in the log, like that of a metric.</param>
/// <param name="Because">Why they do not count, for those who report and for who reads the file next.</param>
public sealed record ExclusionRule(string Id, string Because)
{
    /// <summary>In place of a rule's id: systems that the maintainers name by their ids.</summary>
    public const string Listed = "listed";

    /// <summary>What it reads of a report; null where only the age counts.</summary>
    public MetricField? Field { get; init; }

    /// <summary>Texts, one of which a value of the field is.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Texts, with one of which a value of the field begins.</summary>
    public IReadOnlyList<string> Beginnings { get; init; } = [];

    /// <summary>The least number that counts; null for any.</summary>
    public double? Least { get; init; }

    /// <summary>The largest number that counts; null for any.</summary>
    public double? Most { get; init; }

    /// <summary>Only systems that are younger are excluded, in days since they were first seen; null for all.</summary>
    public int? YoungerThan { get; init; }

    /// <summary>Only systems that sent more reports on the day are excluded; null for all.</summary>
    public int? MoreReportsThan { get; init; }

    /// <summary>True where it reads texts, and no number.</summary>
    public bool ReadsTexts => Texts.Count + Beginnings.Count > 0;

    /// <summary>True where a system does not count.</summary>
    /// <param name="report">What it sent.</param>
    /// <param name="ageDays">Days since it was first seen; 0 on its first day.</param>
    /// <param name="reports">How many it sent on the day; null where they were not counted.</param>
    public bool Excludes(IMessage report, int ageDays, long? reports) =>
        !(ageDays >= YoungerThan) && (MoreReportsThan is null || reports > MoreReportsThan) && IsTrueOf(report);

    /// <summary>True where a report says what it asks for. A field that is not said, or said as something else, is not.</summary>
    public bool IsTrueOf(IMessage report) => Field is null || (ReadsTexts ? Values(report).Any(IsText) : IsBeyond(report));

    private bool IsText(string value)
    {
        var text = LabelText.Clean(value);
        return Texts.Contains(text, StringComparer.Ordinal) || Beginnings.Any(beginning => text.StartsWith(beginning, StringComparison.Ordinal));
    }

    private bool IsBeyond(IMessage report) => Field!.ReadNumber(report, 0, out var number) == Reading.Read && (number < Least || number > Most);

    /// <summary>A text, a number, yes or no; each of a list; and of what has names and versions, the versions.</summary>
    private IEnumerable<string> Values(IMessage report)
    {
        if (Field is FieldPath { Field.IsRepeated: true })
            return Versions(report);

        var labels = new HashSet<string>(StringComparer.Ordinal);
        return Field!.ReadLabels(report, LabelFormat.Plain, labels) == Reading.Unreadable ? Versions(report) : labels;
    }

    private Dictionary<string, string>.ValueCollection Versions(IMessage report)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        Field!.ReadVersions(report, versions);
        return versions.Values;
    }
}
