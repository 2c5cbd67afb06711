using System.Text;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries.Catalogue;

/// <summary>What a catalogue can say of systems that do not count.</summary>
public sealed class ExclusionRuleTests
{
    [Theory]
    [InlineData("field: properties.version, equals: [0.0.0-dev]", """{"version":"0.0.0-dev"}""", true)]
    [InlineData("field: properties.version, equals: [0.0.0-dev]", """{"version":" 0.0.0-dev "}""", true)]
    [InlineData("field: properties.version, equals: [0.0.0-dev]", """{"version":"0.0.0-dev2"}""", false)]
    [InlineData("field: properties.version, equals: [0.0.0-dev, 1.0]", """{"version":"1.0"}""", true)]
    [InlineData("field: properties.version, starts-with: [ci-]", """{"version":"ci-1234"}""", true)]
    [InlineData("field: properties.version, starts-with: [ci-]", """{"version":"CI-1234"}""", false)]
    [InlineData("field: properties.version, starts-with: [ci-]", """{"version":null}""", false)]
    [InlineData("field: properties.version, starts-with: [ci-]", """{}""", false)]
    [InlineData("field: properties.version, starts-with: [ci-], equals: [none]", """{"version":"none"}""", true)]
    [InlineData("field: properties.plugins, equals: [ci]", """{"plugins":["hue","ci"]}""", true)]
    [InlineData("field: properties.plugins, equals: [0-dev]", """{"plugins":{"hue":"1.0","mqtt":"0-dev"}}""", true)]
    [InlineData("field: properties.plugins, equals: [0-dev]", """{"plugins":[{"name":"hue","version":"0-dev"}]}""", true)]
    [InlineData("field: properties.plugins, equals: [hue]", """{"plugins":{"hue":"1.0"}}""", false)]
    [InlineData("field: properties.os.name, equals: [ci]", """{"os":{"name":"ci"}}""", true)]
    [InlineData("field: properties.is_test, equals: [yes]", """{"is_test":true}""", true)]
    [InlineData("field: properties.users, above: 1000", """{"users":1000}""", false)]
    [InlineData("field: properties.users, above: 1000", """{"users":1000.5}""", true)]
    [InlineData("field: properties.users, below: 0", """{"users":-1}""", true)]
    [InlineData("field: properties.users, below: 1, above: 1000", """{"users":0}""", true)]
    [InlineData("field: properties.users, below: 1, above: 1000", """{"users":7}""", false)]
    [InlineData("field: properties.users, below: 1", """{}""", false)]
    [InlineData("field: properties.users, below: 1", """{"users":"0"}""", false)]
    [InlineData("field: components, starts-with: [0.0.0]", """{"components":[{"name":"core","version":"3.1.0"},{"name":"rpm","version":"0.0.0.dev"}]}""", true)]
    [InlineData("field: rbac_stats.users, above: 1000", """{"rbac_stats":{"users":4294967295}}""", true)]
    [InlineData("field: postgresql_version, equals: [160004]", """{"postgresql_version":160004}""", true)]
    [InlineData("younger-than: 7", """{}""", true)]
    [InlineData("younger-than: 6", """{}""", false)]
    [InlineData("younger-than: 7, field: properties.kind, equals: [container]", """{"kind":"container"}""", true)]
    [InlineData("younger-than: 6, field: properties.kind, equals: [container]", """{"kind":"container"}""", false)]
    [InlineData("younger-than: 7, field: properties.kind, equals: [container]", """{"kind":"os"}""", false)]
    [InlineData("more-reports-than: 23", """{}""", true)]
    [InlineData("more-reports-than: 24", """{}""", false)]
    [InlineData("more-reports-than: 23, younger-than: 6", """{}""", false)]
    [InlineData("more-reports-than: 23, field: properties.kind, equals: [container]", """{"kind":"os"}""", false)]
    public void A_system_is_excluded_where_all_that_a_rule_says_is_true_of_it(string rule, string report, bool isExcluded)
    {
        var catalogue = Read(rule);
        var read = ReportParser.Read(Encoding.UTF8.GetBytes(report), ReportFormat.Json, catalogue.Properties, catalogue.Report.AreOwn);

        Assert.Equal(isExcluded, Assert.Single(catalogue.Exclusions).Excludes(read, ageDays: 6, reports: 24));
    }

    [Fact]
    public void Where_reports_were_not_counted_nobody_sent_too_many() => Assert.False(Assert.Single(Read("more-reports-than: 1").Exclusions).Excludes(new Report(), ageDays: 6, reports: null));

    [Theory]
    [InlineData("more-reports-than: 0", "more-reports-than: \"0\" must be a number of reports from 1 to 1000000")]
    [InlineData("younger-than: 0", "younger-than: \"0\" must be a number of days from 1 to 365")]
    [InlineData("younger-than: some", "younger-than: \"some\" must be a number of days from 1 to 365")]
    [InlineData("equals: [a]", "field: it is missing")]
    [InlineData("below: 1", "field: it is missing")]
    [InlineData("field: properties.a", "field: a rule says what it must be: either equals or starts-with, or below or above")]
    [InlineData("field: properties.a, equals: [a], below: 1", "field: a rule says what it must be: either equals or starts-with, or below or above")]
    [InlineData("field: properties.a, equals: a", "equals: it must be a list of texts")]
    [InlineData("field: properties.a, above: many", "above: \"many\" must be a number, such as 1000")]
    [InlineData("field: properties.a, above: 1, below: 2", "below: no number counts: below is more than above")]
    [InlineData("field: properties.a, is: [a]", "is: there is no such key; there are above, because, below, equals, field, id, more-reports-than, starts-with, younger-than")]
    [InlineData("field: properties.a..b, equals: [a]", "field: \"properties.a..b\" has an empty member")]
    [InlineData("field: postgres, equals: [a]", "field: Report of telemetry.proto has no field \"postgres\"")]
    [InlineData("field: rbac_stats, above: 1", "field: below and above read an optional uint32 or a property")]
    [InlineData("field: rbac_stats, equals: [a]", "field: equals and starts-with read an optional string, bool, enum or uint32, or a property, or a repeated message with the strings name and version")]
    [InlineData("field: system_id, equals: [a]", "field: ids do not belong into a catalogue, which is public; Telemetry__ExcludedSystemsFile names a file of them")]
    [InlineData("field: properties.uuid, equals: [a]", "field: ids do not belong into a catalogue, which is public")]
    [InlineData("field: properties.host.name, equals: [a]", "field: reports may not have \"host\", which is below forbid")]
    [InlineData("because: ", "because: it must be a text")]
    [InlineData("", "id: it says of no system that it does not count; there are field with equals, starts-with, below or above, younger-than and more-reports-than")]
    public void A_wrong_rule_is_named_with_its_line(string rule, string error)
    {
        var thrown = Assert.Throws<StartupException>(() => Read(rule));

        Assert.StartsWith($"site.yaml, line 17, rule \"some\": {error}", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exclude:", "line 15: exclude: it must be there and be a list")]
    [InlineData("exclude: [ci]", "line 15: exclude: every entry must be a mapping")]
    [InlineData("exclude:\n  - {because: x, younger-than: 1}", "line 16: id: it is missing")]
    [InlineData("exclude:\n  - {id: CI, because: x, younger-than: 1}", "line 16, rule \"CI\": id: \"CI\" is no id; it is at most 24 of a-z, 0-9 and single dashes, and not listed")]
    [InlineData("exclude:\n  - {id: listed, because: x, younger-than: 1}", "line 16, rule \"listed\": id: \"listed\" is no id")]
    [InlineData("exclude:\n  - {id: ci, because: x, younger-than: 1}\n  - {id: ci, because: x, younger-than: 2}", "line 17, rule \"ci\": id: there already is a rule of that id in line 16")]
    public void A_wrong_list_of_rules_is_too(string exclude, string error)
    {
        var thrown = Assert.Throws<StartupException>(() => CatalogueFile.Read($"metrics:{CatalogueText.Entry("active", "count", null)}\n{exclude}\n", "site.yaml", Report.Descriptor));

        Assert.StartsWith($"site.yaml, {error}", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("field: properties.users, above: 1000", true)]
    [InlineData("field: components, starts-with: [0.0.0]", false)]
    public void Names_of_the_schema_are_the_products_unless_a_rule_reads_them(string rule, bool areOwn) => Assert.Equal(areOwn, Read(rule).Report.AreOwn);

    private static MetricCatalogue Read(string rule) => CatalogueFile.Read($$"""
        report: {id: uuid, forbid: [host]}
        metrics:{{CatalogueText.Entry("active", "count", null)}}
        exclude:
          - {id: some{{(rule.StartsWith("because", StringComparison.Ordinal) ? "" : ", because: They are ours.")}}{{(rule.Length > 0 ? ", " : "")}}{{rule}}}
        """, "site.yaml", Report.Descriptor);
}
