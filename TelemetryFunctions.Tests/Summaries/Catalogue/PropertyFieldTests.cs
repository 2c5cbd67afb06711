using System.Text;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Summaries.Catalogue;

public sealed class PropertyFieldTests
{
    [Theory]
    [InlineData("\"arm64\"", "arm64")]
    [InlineData("64", "64")]
    [InlineData("1.5", "1.5")]
    [InlineData("true", "yes")]
    [InlineData("false", "no")]
    [InlineData("[\"a\", \"b\", \"a\"]", "a,b")]
    [InlineData("[1, true, \"x\"]", "1,yes,x")]
    [InlineData("[]", "")]
    public void A_text_a_number_a_switch_and_a_list_of_these_are_labels(string json, string labels) =>
        Assert.Equal((Reading.Read, labels), Labels($$"""{"x":{{json}}}"""));

    [Theory]
    [InlineData("""{"x":null}""")]
    [InlineData("""{"y":1}""")]
    [InlineData("{}")]
    public void What_the_report_does_not_say_is_absent(string json) => Assert.Equal((Reading.Absent, ""), Labels(json));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":1}""")]
    [InlineData("[[1]]")]
    [InlineData("[null]")]
    public void Anything_else_can_not_be_read_as_labels(string json) => Assert.Equal((Reading.Unreadable, ""), Labels($$"""{"x":{{json}}}"""));

    [Fact]
    public void A_list_is_bounded()
    {
        Assert.Equal(Reading.Read, Labels(List(PropertyField.MaxEntries)).Reading);
        Assert.Equal((Reading.Unreadable, ""), Labels(List(PropertyField.MaxEntries + 1)));

        static string List(int count) => $$"""{"x":[{{string.Join(',', Enumerable.Range(0, count))}}]}""";
    }

    [Theory]
    [InlineData("12", Reading.Read, 12)]
    [InlineData("-0.5", Reading.Read, -0.5)]
    [InlineData("\"12\"", Reading.Unreadable, 0)]
    [InlineData("true", Reading.Unreadable, 0)]
    [InlineData("[1]", Reading.Unreadable, 0)]
    [InlineData("null", Reading.Absent, 0)]
    public void Only_a_number_is_a_number(string json, Reading expected, double number)
    {
        var reading = Field("properties.x").ReadNumber(Report($$"""{"x":{{json}}}"""), 0, out var read);

        Assert.Equal((expected, expected == Reading.Read ? number : 0), (reading, expected == Reading.Read ? read : 0));
    }

    [Theory]
    [InlineData("""{"core":"1.2.3","rpm":4}""", "core=1.2.3,rpm=4")]
    [InlineData("""[{"name":"core","version":"1"},{"name":"core","version":"2","more":true}]""", "core=2")]
    [InlineData("\"2026.1\"", "Product=2026.1")]
    [InlineData("3", "Product=3")]
    public void A_map_a_list_and_one_text_are_versions(string json, string versions) =>
        Assert.Equal((Reading.Read, versions), Versions($$"""{"x":{{json}}}"""));

    [Theory]
    [InlineData("""{"core":{}}""")]
    [InlineData("""{"core":null}""")]
    [InlineData("""[{"name":"core"}]""")]
    [InlineData("""["core"]""")]
    [InlineData("true")]
    public void Anything_else_can_not_be_read_as_versions(string json) => Assert.Equal((Reading.Unreadable, ""), Versions($$"""{"x":{{json}}}"""));

    [Fact]
    public void A_property_may_lie_in_others()
    {
        var report = Report("""{"a":{"b":{"c":{"d":"deep"}}},"t":"text"}""");
        var labels = new HashSet<string>();

        Assert.Equal(Reading.Read, Field("properties.a.b.c.d").ReadLabels(report, LabelFormat.Plain, labels));
        Assert.Equal(["deep"], labels);
        Assert.Equal(Reading.Unreadable, Field("properties.t.u").ReadLabels(report, LabelFormat.Plain, labels));
        Assert.Equal(Reading.Absent, Field("properties.a.x.c").ReadLabels(report, LabelFormat.Plain, labels));
    }

    [Fact]
    public void What_is_in_properties_wins_over_a_member_of_the_same_name() => Assert.Equal(
        (Reading.Read, "inner"), Labels("""{"x":"outer","properties":{"x":"inner","y":1}}"""));

    [Fact]
    public void A_member_of_the_schema_is_no_property() =>
        Assert.Null(ReportParser.Read("""{"system_id":"x","systemId":"y"}"""u8, ReportFormat.Json, new HashSet<string> { "system_id", "systemId" }).Properties);

    private static (Reading Reading, string Labels) Labels(string json)
    {
        var labels = new HashSet<string>();
        return (Field("properties.x").ReadLabels(Report(json), LabelFormat.Plain, labels), string.Join(',', labels));
    }

    private static (Reading Reading, string Versions) Versions(string json)
    {
        var versions = new Dictionary<string, string>();
        return (Field("properties.x").ReadVersions(Report(json), versions), string.Join(',', versions.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    private static PropertyField Field(string name) =>
        PropertyField.TryFind(name, "Product", TelemetryFunctions.Reports.Schema.Report.Descriptor, out var field, out var error) ? field : throw new ArgumentException(error);

    private static Report Report(string json) =>
        ReportParser.Read(Encoding.UTF8.GetBytes(json), ReportFormat.Json, new HashSet<string> { "a", "t", "x" });
}
