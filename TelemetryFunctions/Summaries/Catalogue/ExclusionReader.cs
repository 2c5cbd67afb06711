using System.Globalization;
using Google.Protobuf.Reflection;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>Reads the entries below <c>exclude</c>.</summary>
internal static class ExclusionReader
{
    private const string SystemId = "system_id";
    private const int MaxDays = 365;
    private const int MaxReports = 1_000_000;

    /// <param name="entry">The entry.</param>
    /// <param name="report">The message that it reads.</param>
    /// <exception cref="StartupException">Something is wrong.</exception>
    public static ExclusionRule Read(CatalogueEntry entry, MessageDescriptor report)
    {
        var id = entry.Text("id");
        entry.Name = id;
        if (!CatalogueFile.Id().IsMatch(id) || id == ExclusionRule.Listed)
            throw entry.Wrong("id", $"\"{id}\" is no id; it is at most 24 of a-z, 0-9 and single dashes, and not {ExclusionRule.Listed}");

        var rule = new ExclusionRule(id, entry.Text("because"))
        {
            Field = ReadField(entry, report),
            Texts = entry.OptionalList("equals") ?? [],
            Beginnings = entry.OptionalList("starts-with") ?? [],
            Least = ReadNumber(entry, "below"),
            Most = ReadNumber(entry, "above"),
            YoungerThan = ReadWhole(entry, "younger-than", "days", MaxDays),
            MoreReportsThan = ReadWhole(entry, "more-reports-than", "reports", MaxReports),
        };
        entry.RefuseRest();
        Check(entry, rule);
        return rule;
    }

    /// <summary>Refuses a rule that reads what reports may not have, or who sent them.</summary>
    /// <exception cref="StartupException">It does.</exception>
    public static void Check(CatalogueEntry entry, ExclusionRule rule, ReportMembers members)
    {
        if (rule.Field is { } field && field.Member == members.Id)
            throw Named(entry);
        if (rule.Field is { } forbidden && members.Forbidden.Contains(forbidden.Member))
            throw entry.Wrong("field", $"reports may not have \"{forbidden.Member}\", which is below forbid");
    }

    private static void Check(CatalogueEntry entry, ExclusionRule rule)
    {
        var readsNumber = rule.Least is not null || rule.Most is not null;
        if (rule.Field is null)
        {
            if (rule.ReadsTexts || readsNumber)
                throw entry.Wrong("field", "it is missing");
            if (rule.YoungerThan is null && rule.MoreReportsThan is null)
                throw entry.Wrong("id", "it says of no system that it does not count; there are field with equals, starts-with, below or above, younger-than and more-reports-than");
        }
        else if (rule.ReadsTexts == readsNumber)
        {
            throw entry.Wrong("field", "a rule says what it must be: either equals or starts-with, or below or above");
        }

        if (rule.Least > rule.Most)
            throw entry.Wrong("below", "no number counts: below is more than above");
        if (rule.Field is FieldPath path && !(readsNumber ? FieldShape.Number.Fits(path.Field) : FieldShape.Label.Fits(path.Field) || FieldShape.Versions.Fits(path.Field)))
            throw entry.Wrong("field", readsNumber
                ? $"below and above read {FieldShape.Number.Wanted}"
                : $"equals and starts-with read {FieldShape.Label.Wanted}, or {FieldShape.Versions.Wanted}");
    }

    private static MetricField? ReadField(CatalogueEntry entry, MessageDescriptor report)
    {
        if (entry.OptionalText("field") is not { } name)
            return null;
        if (name == SystemId)
            throw Named(entry);
        if (PropertyField.IsName(name))
            return PropertyField.TryFind(name, name, report, out var property, out var wrong) ? property : throw entry.Wrong("field", wrong);
        return FieldPath.TryFind(name, report, out var path, out var error) ? path : throw entry.Wrong("field", error);
    }

    /// <summary>A catalogue is public, and what is in it must not tell who somebody is.</summary>
    private static StartupException Named(CatalogueEntry entry) =>
        entry.Wrong("field", "ids do not belong into a catalogue, which is public; Telemetry__ExcludedSystemsFile names a file of them");

    private static double? ReadNumber(CatalogueEntry entry, string key)
    {
        if (entry.OptionalText(key) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw entry.Wrong(key, $"\"{text}\" must be a number, such as 1000");
    }

    private static int? ReadWhole(CatalogueEntry entry, string key, string what, int most)
    {
        if (entry.OptionalText(key) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most
            ? number
            : throw entry.Wrong(key, string.Create(CultureInfo.InvariantCulture, $"\"{text}\" must be a number of {what} from 1 to {most}"));
    }
}
