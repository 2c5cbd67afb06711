using System.Text;
using System.Text.Json;
using TelemetryFunctions.Privacy;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Audit;

/// <summary>Looks through all that a report says, whether or not a metric reads it: it is stored either way.</summary>
internal sealed class ReportAudit(MetricCatalogue catalogue)
{
    private const string Properties = "properties";

    // What stands in place of a name that looks personal itself.
    private const string Hidden = "*";

    // As deep as the parser of reports goes.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>What is found in a report.</summary>
    /// <exception cref="FormatException">It is no report.</exception>
    public IReadOnlyList<Finding> Look(byte[] body, ReportFormat format)
    {
        try
        {
            var json = format == ReportFormat.Json ? body.AsMemory() : Encoding.UTF8.GetBytes(ReportExample.Write(ReportParser.Read(body, format)));
            if (json.Span.StartsWith(Encoding.UTF8.Preamble))
                json = json[Encoding.UTF8.Preamble.Length..];
            using var document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. Members(document.RootElement).SelectMany(member => Look(member.Value, [member.Field], member.Shown, member.Name)).Distinct()]
                : throw new FormatException("it is no JSON object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter for a text that is no Unicode, which is found out when it is read.
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>The members of a report but for its id, which is random and never shown, each with the name that a catalogue has for it.</summary>
    private IEnumerable<(string Name, string Field, string Shown, JsonElement Value)> Members(JsonElement report)
    {
        var schema = (catalogue.Report.AreOwn ? OwnReport.Descriptor : Report.Descriptor).Fields.InDeclarationOrder();
        foreach (var (name, value) in report.EnumerateObject().Select(member => (member.Name, member.Value)))
        {
            var field = schema.FirstOrDefault(field => field.Name == name || field.JsonName == name);
            if (field?.FieldNumber == Report.SystemIdFieldNumber || name == catalogue.Report.Id)
                continue;
            if (field?.Name == Properties && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in value.EnumerateObject().Where(property => property.Name != catalogue.Report.Id))
                    yield return (property.Name, Properties + "." + property.Name, $"{Properties}.{Show(property.Name)}", property.Value);
            }
            else
            {
                yield return (name, field?.Name ?? Properties + "." + name, Show(name), value);
            }
        }
    }

    /// <param name="value">A value.</param>
    /// <param name="field">Its path as a catalogue has it.</param>
    /// <param name="shown">Its path as it was sent, without what looks personal.</param>
    /// <param name="name">Its name, or that of the list that it is in.</param>
    private IEnumerable<Finding> Look(JsonElement value, IReadOnlyList<string> field, string shown, string name)
    {
        var metric = FindMetric(string.Join('.', field));
        var ofName = Rules(name, metric, isVersion: false).Select(rule => Found(metric, shown, rule));
        return ofName.Concat(value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Look(member.Value, [.. field, member.Name], $"{shown}.{Show(member.Name)}", member.Name)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Look(item, field, shown + "[]", name)),
            JsonValueKind.String => LookAtText(value.GetString()!, metric, shown, name),
            JsonValueKind.Number when MemberNames.LookPersonal(name, isNumber: true) => [Found(metric, shown, MemberNames.Rule)],
            _ => [],
        });
    }

    private static IEnumerable<Finding> LookAtText(string text, Metric? metric, string shown, string name)
    {
        var isVersion = metric?.HasVersions ?? name.Contains("version", StringComparison.OrdinalIgnoreCase);
        var rules = Rules(text, metric, isVersion);
        if (text.Length > 0 && MemberNames.LookPersonal(name, isNumber: false))
            rules = rules.Append(MemberNames.Rule);
        return rules.Select(rule => Found(metric, shown, rule));
    }

    private static IEnumerable<string> Rules(string text, Metric? metric, bool isVersion) =>
        metric is null ? PersonalRule.In(text, isVersion).Select(rule => rule.Name) : LabelAudit.RulesOf(metric, text, isLabel: isVersion);

    private static Finding Found(Metric? metric, string shown, string rule) => new(metric?.Id ?? Finding.NoMetric, shown, rule);

    /// <summary>The metric that reads a field, or what is around it.</summary>
    private Metric? FindMetric(string field) => catalogue.Metrics.FirstOrDefault(metric =>
        metric.FieldName is { } read && (field == read || field.StartsWith(read + ".", StringComparison.Ordinal)));

    private static string Show(string name) => PersonalRule.In(name).Any() ? Hidden : name;
}
