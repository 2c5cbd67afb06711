using System.Globalization;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Page;

/// <summary>What the catalogue says of systems that do not count: the rules in words. Those that are named by their ids are not.</summary>
internal static class ExclusionsHtml
{
    /// <summary>The section; null where every system counts.</summary>
    public static CatalogueSection? Of(MetricCatalogue catalogue, ReportOptions reports, Texts texts)
    {
        List<string> items = [.. catalogue.Exclusions.Select(rule => $"<li>{PageHead.Text(rule.Because)} {Conditions(rule, texts)}</li>\n")];
        if (reports.ExcludedSystems.Count > 0)
            items.Add($"<li>{texts["catalogue.excludedListed"]}</li>\n");
        return items.Count == 0
            ? null
            : new CatalogueSection("excluded", texts["catalogue.excluded"], $"<p>{texts["catalogue.excludedText"]}</p>\n<ul>\n{string.Concat(items)}</ul>");
    }

    private static string Conditions(ExclusionRule rule, Texts texts)
    {
        var ofField = Join(FieldConditions(rule, texts), "catalogue.excludedOr", texts);
        var ofAge = rule.YoungerThan is { } days ? texts.Say("catalogue.excludedYoung", ("count", days)) : "";
        var ofReports = rule.MoreReportsThan is { } reports ? texts.Say("catalogue.excludedOften", ("count", reports)) : "";
        return texts.Html("catalogue.excludedWhere", ("condition", new Markup(Join([ofField, ofAge, ofReports], "catalogue.excludedAnd", texts))));
    }

    private static IEnumerable<string> FieldConditions(ExclusionRule rule, Texts texts)
    {
        if (rule.Field is not { Name: var field })
            return [];
        return
        [
            Say("catalogue.excludedEquals", rule.Texts),
            Say("catalogue.excludedBegins", rule.Beginnings),
            Say("catalogue.excludedBelow", Bound(rule.Least)),
            Say("catalogue.excludedAbove", Bound(rule.Most)),
        ];

        string Say(string key, IReadOnlyList<string> values) => values.Count == 0 ? "" : texts.Html(
            key, ("field", new Markup(Code(field))), ("values", new Markup(string.Join(", ", values.Select(Code)))));
    }

    private static IReadOnlyList<string> Bound(double? bound) => bound is { } number ? [number.ToString(CultureInfo.InvariantCulture)] : [];

    private static string Join(IEnumerable<string> conditions, string conjunction, Texts texts) =>
        string.Join($" {texts[conjunction]} ", conditions.Where(condition => condition.Length > 0));

    private static string Code(string text) => $"<code>{PageHead.Text(text)}</code>";
}
