using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Audit;

/// <summary>Looks through what a catalogue says that systems send: the page of the site shows it.</summary>
internal static class CatalogueAudit
{
    public static IEnumerable<Finding> Look(MetricCatalogue catalogue) => catalogue.Metrics.SelectMany(metric =>
        Rules(metric, metric.Story.Example, isVersion: false).Select(rule => new Finding(metric.Id, "example", rule))
            .Concat((metric.Sample?.Values ?? []).SelectMany(value => Look(metric, value)))
            .Concat(metric.Labels.Names.Values.Concat(metric.Labels.Only ?? Enumerable.Empty<string>()).SelectMany(label => Rules(metric, label, metric.HasVersions)).Select(rule => new Finding(metric.Id, "labels", rule)))
            .Distinct());

    private static IEnumerable<Finding> Look(Metric metric, Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => Rules(metric, value.StringValue, metric.HasVersions).Select(rule => new Finding(metric.Id, "sample", rule)),
        Value.KindOneofCase.ListValue => value.ListValue.Values.SelectMany(item => Look(metric, item)),
        Value.KindOneofCase.StructValue => value.StructValue.Fields.SelectMany(member =>
            Rules(metric, member.Key, isVersion: false).Select(rule => new Finding(metric.Id, "sample", rule)).Concat(Look(metric, member.Value))),
        _ => [],
    };

    private static IEnumerable<string> Rules(Metric metric, string text, bool isVersion) => LabelAudit.RulesOf(metric, text, isLabel: isVersion);
}
