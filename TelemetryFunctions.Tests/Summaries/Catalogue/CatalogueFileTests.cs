using Google.Protobuf.Reflection;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Summaries.Catalogue;

public sealed class CatalogueFileTests
{
    private const string Entry = """
        metrics:
          - id: databases
            title: Databases
            group: Deployment
            question: Which databases are used?
            example: "160004"
            personal: no
            privacy: Public software.
            since: "1.1"
            status: experimental
            field: postgresql_version
            kind: count-by
            format: libpq-version
            unit: systems
            out-of: systems that report their database
            shape: share

        """;

    [Fact]
    public void The_shipped_catalogue_has_the_ids_of_the_public_api() => Assert.Subset(
        ReportMetrics.Catalogue.Metrics.Select(metric => metric.Id).ToHashSet(),
        new HashSet<string>
        {
            "active-systems", "demography", "system-age", "components", "workers", "content-apps", "postgresql-versions",
            "users", "groups", "domains", "custom-access-policies", "custom-roles",
        });

    [Theory]
    [InlineData("headline: true", "headline: false", "a")]
    [InlineData("headline: no", "headline: yes", "b")]
    [InlineData("headline: true", "headline: true", "a b")]
    [InlineData("headline: false", "status: stable", "c")]
    public void The_headlines_are_those_that_are_marked_else_what_counts_systems(string first, string second, string headlines)
    {
        var catalogue = Read("metrics:\n" + Named("a", first) + Named("b", second) + Named("c", "status: stable").Replace("kind: age", "kind: count", StringComparison.Ordinal));

        Assert.Equal(headlines.Split(' '), catalogue.Headlines.Select(metric => metric.Id));
    }

    private static string Named(string id, string mark) => $"""
          - id: {id}
            title: {id}
            group: All
            question: Why?
            example: One.
            personal: no
            privacy: A number.
            since: "1.0"
            {(mark.StartsWith("status", StringComparison.Ordinal) ? "" : "status: stable")}
            {mark}
            kind: age
            unit: systems
            out-of: systems
            shape: share

        """;

    [Fact]
    public void An_entry_says_all_there_is_to_a_metric()
    {
        var metric = Assert.Single(Read(Entry).Metrics);

        Assert.Equal(
            ("databases", "Databases", "Deployment", "systems", "systems that report their database"),
            (metric.Id, metric.Title, metric.Group, metric.Unit, metric.OutOf));
        Assert.Equal((MetricKind.CountBy, LabelFormat.LibpqVersion, ChartShape.Share), (metric.Kind, metric.Format, metric.Shape));
        Assert.Equal("postgresql_version", metric.Field!.Name);
        Assert.Equal(
            new MetricStory("Which databases are used?", "160004", false, "Public software.", "1.1", MetricStatus.Experimental), metric.Story);
    }

    [Theory]
    [InlineData("field: postgresql_version", "field: postgres", 11, "field: Report of telemetry.proto has no field \"postgres\"")]
    [InlineData("field: postgresql_version", "field: rbac_stats.user", 11, "RbacStats of telemetry.proto has no field \"user\"")]
    [InlineData("field: postgresql_version", "field: components.name", 11, "\"components\" is no message that has fields")]
    [InlineData("field: postgresql_version", "field: system_id", 11, "kind count-by reads an optional string, bool, enum or uint32, or a property, and \"system_id\" is a string that is not optional")]
    [InlineData("field: postgresql_version", "field: components", 11, "\"components\" is a repeated message")]
    [InlineData("kind: count-by\n    format: libpq-version", "kind: versions", 11, "kind versions reads a repeated message with the strings name and version, or a property")]
    [InlineData("kind: count-by\n    format: libpq-version", "kind: count", 11, "kind count reads no field")]
    [InlineData("    field: postgresql_version\n", "", 11, "kind: kind count-by reads an optional string, bool, enum or uint32")]
    [InlineData("kind: count-by", "kind: histogram", 13, "format: kind histogram takes no format")]
    [InlineData("kind: count-by", "kind: median", 12, "kind: \"median\" must be one of count, count-by, versions, mean, histogram, sum, age, age-in-days")]
    [InlineData("format: libpq-version", "format: roman", 13, "format: \"roman\" must be one of plain, libpq-version, bucket")]
    [InlineData("shape: share", "shape: pie", 16, "shape: \"pie\" must be one of line, share, bars")]
    [InlineData("personal: no", "personal: maybe", 7, "personal: \"maybe\" must be one of no, yes")]
    [InlineData("status: experimental", "status: experimental\n    colour: red", 11, "colour: there is no such key; there are audit, buckets, cap, example, ")]
    [InlineData("status: experimental", "status: experimental\n    headline: perhaps", 11, "headline: \"perhaps\" must be true or false")]
    [InlineData("    title: Databases\n", "", 2, "title: it is missing")]
    [InlineData("title: Databases", "title:", 3, "title: it must be a text")]
    [InlineData("title: Databases", "title: [a, b]", 3, "title: it must be a text")]
    [InlineData("unit: systems", "unit: systems\n    unit: hosts", 15, "Duplicate key")]
    [InlineData("field: postgresql_version", "field: properties.a.b.c.d.e", 11, "\"properties.a.b.c.d.e\" lies deeper than 4 members")]
    [InlineData("field: postgresql_version", "field: properties.a..b", 11, "\"properties.a..b\" has an empty member")]
    [InlineData("field: postgresql_version", "field: properties.a", 13, "format: libpq-version can't write a property")]
    [InlineData("field: postgresql_version\n    kind: count-by\n    format: libpq-version", "field: properties.a\n    kind: count", 11, "kind count reads no field")]
    [InlineData("kind: count-by\n    format: libpq-version", "kind: sum", 12, "kind sum needs the key cap, what one system adds at most")]
    [InlineData("kind: count-by\n    format: libpq-version", "kind: sum\n    cap: none", 13, "cap: \"none\" must be a number over 0, such as 1000")]
    [InlineData("kind: count-by\n    format: libpq-version", "kind: sum\n    cap: 0", 13, "cap: \"0\" must be a number over 0, such as 1000")]
    [InlineData("kind: count-by\n    format: libpq-version", "kind: sum\n    cap: 1000000000000001", 13, "such as 1000, and at most 1000000000000000")]
    [InlineData("unit: systems", "unit: systems\n    cap: 5", 15, "cap: kind count-by takes no cap")]
    [InlineData("unit: systems", "unit: systems\n    buckets: [1, 2]", 15, "buckets: kind count-by takes no buckets")]
    [InlineData("kind: count-by\n    format: libpq-version", "kind: histogram\n    buckets: [2, 1]", 13, "buckets: it must be at most 200 ascending numbers, such as [0, 1, 10, 100]")]
    [InlineData("kind: count-by\n    format: libpq-version", "kind: histogram\n    buckets: [a]", 13, "buckets: it must be at most 200 ascending numbers")]
    [InlineData("kind: count-by\n    format: libpq-version", "kind: histogram\n    order: [a]", 13, "order: kind histogram has labels of its own")]
    [InlineData("unit: systems", "unit: systems\n    order: [a, a]", 15, "order: a label is there twice")]
    [InlineData("unit: systems", "unit: systems\n    labels: Windows", 15, "labels: it must be a mapping")]
    [InlineData("unit: systems", "unit: systems\n    labels: {nt: [a]}", 15, "nt: it must be a text")]
    [InlineData("unit: systems", "unit: systems\n    only: Windows", 15, "only: it must be a list of texts")]
    [InlineData("unit: systems", "unit: systems\n    only: [[a]]", 15, "only: every entry must be a text")]
    [InlineData("kind: count-by\n    format: libpq-version", "kind: histogram\n    only: [a]", 13, "only: kind histogram has labels of its own")]
    [InlineData("unit: systems", "unit: systems\n    supported: [3.50]", 15, "supported: kind count-by counts no versions")]
    [InlineData("field: postgresql_version\n    kind: count-by\n    format: libpq-version", "field: properties.a\n    kind: versions\n    supported: 3.50", 13, "supported: it must be a list of texts")]
    [InlineData("field: postgresql_version\n    kind: count-by\n    format: libpq-version", "field: properties.a\n    kind: versions\n    supported: [3.50, new]", 13, "supported: \"new\" must be a version, or the beginning of one, such as 3.50")]
    [InlineData("field: postgresql_version\n    kind: count-by\n    format: libpq-version", "field: properties.a\n    kind: versions\n    supported:\n      core: [3.50]\n      rpm: new", 15, "rpm: it must be a list of texts")]
    [InlineData("example: \"160004\"", "", 2, "example: it is missing, and there is no sample to show instead")]
    [InlineData("unit: systems", "unit: systems\n    sample: 160004", 15, "sample: it must be a list of values, or a mapping of values to weights")]
    [InlineData("unit: systems", "unit: systems\n    sample: []", 15, "sample: it must be a list of values, or a mapping of values to weights")]
    [InlineData("unit: systems", "unit: systems\n    sample:\n      - 160004\n      - sixteen", 17, "sample: \"sixteen\" can't be counted, the field is an optional uint32")]
    [InlineData("unit: systems", "unit: systems\n    sample: [-1]", 15, "sample: \"-1\" can't be counted, the field is an optional uint32")]
    [InlineData("unit: systems", "unit: systems\n    sample: [null]", 15, "sample: a value must not be empty")]
    [InlineData("unit: systems", "unit: systems\n    sample:\n      160004: 3\n      160005: none", 17, "sample: the weight of \"160005\" must be a number over 0, such as 10")]
    [InlineData("unit: systems", "unit: systems\n    sample: {160004: 0}", 15, "sample: the weight of \"160004\" must be a number over 0")]
    [InlineData("unit: systems", "unit: systems\n    sample: {160004: [1]}", 15, "sample: the weight of \"160004\" must be a number over 0")]
    [InlineData("field: postgresql_version\n    kind: count-by\n    format: libpq-version", "kind: count\n    sample: [1]", 12, "sample: kind count reads no field")]
    [InlineData("field: postgresql_version\n    kind: count-by\n    format: libpq-version", "field: properties.a\n    kind: histogram\n    sample: [3, many]", 13, "sample: \"many\" can't be counted, kind histogram reads a number, 0 or more")]
    [InlineData("field: postgresql_version\n    kind: count-by\n    format: libpq-version", "field: properties.a\n    kind: histogram\n    sample: [-3]", 13, "sample: \"-3\" can't be counted, kind histogram reads a number, 0 or more")]
    [InlineData("field: postgresql_version\n    kind: count-by\n    format: libpq-version", "field: properties.a\n    kind: count-by\n    sample: [{a: b}]", 13, "can't be counted, kind count-by reads a text, a number, true or false, or a list of at most 64 of these")]
    [InlineData("field: postgresql_version\n    kind: count-by\n    format: libpq-version", "field: properties.a\n    kind: versions\n    sample: [{core: [1]}]", 13, "can't be counted, kind versions reads a map of names to versions, a list of {name, version}, at most 64 of them, or one version")]
    public void A_wrong_entry_is_named_with_its_line(string right, string wrong, int line, string error)
    {
        var thrown = Assert.Throws<StartupException>(() => Read(Change(right, wrong)));

        Assert.Contains(error, thrown.Message, StringComparison.Ordinal);
        Assert.StartsWith($"site.yaml, line {line}", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', thrown.Message);
        if (error != "Duplicate key")
            Assert.Contains("metric \"databases\"", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("field: properties.a\n    kind: count-by", "[os, 3, 3.10, 007, yes, no, '3', [a, b]]", "\"os\"|3|\"3.10\"|\"007\"|true|false|\"3\"|[\"a\",\"b\"]")]
    [InlineData("field: properties.a\n    kind: count-by", "{os: 60, container: 2.5}", "\"os\"|\"container\"")]
    [InlineData("field: properties.a\n    kind: mean", "[1, 2.50, 1e3]", "1|2.5|1000")]
    [InlineData("field: properties.a\n    kind: versions", "[3.10, {core: 3.20}, [{name: core, version: 3.30}]]", "\"3.10\"|{\"core\":\"3.20\"}|[{\"name\":\"core\",\"version\":\"3.30\"}]")]
    [InlineData("field: components\n    kind: versions", "[{core: 3.20}, [{name: core, version: 3.30}]]", "{\"core\":\"3.20\"}|[{\"name\":\"core\",\"version\":\"3.30\"}]")]
    [InlineData("field: online_workers\n    kind: mean", "[{processes: 3, hosts: 1}]", "{\"processes\":3,\"hosts\":1}")]
    public void A_sample_is_of_values_that_the_metric_counts(string field, string sample, string values)
    {
        var metric = Assert.Single(Read(Change("field: postgresql_version\n    kind: count-by\n    format: libpq-version", field)
            .Replace("example: \"160004\"", $"sample: {sample}", StringComparison.Ordinal)).Metrics);

        Assert.Equal(values.Split('|'), metric.Sample!.Values.Select(value => value.ToString().Replace(" ", "", StringComparison.Ordinal)));
        Assert.Empty(metric.Story.Example);
    }

    [Theory]
    [InlineData("[3.50, 3.60]", "3.50,3.60", "3.50,3.60")]
    [InlineData("{core: [3.50]}", "3.50", null)]
    public void Supported_versions_are_those_of_all_or_of_single_components(string supported, string ofCore, string? ofRpm)
    {
        var metric = Assert.Single(Read(Change(
            "field: postgresql_version\n    kind: count-by\n    format: libpq-version", $"field: components\n    kind: versions\n    supported: {supported}")).Metrics);

        Assert.Equal(ofCore.Split(','), metric.Supported.Of("core"));
        Assert.Equal(ofRpm?.Split(','), metric.Supported.Of("rpm"));
    }

    [Theory]
    [InlineData("report: uuid", 17, "report: it must be a mapping")]
    [InlineData("report:\n  id: [uuid]", 18, "id: it must be a text")]
    [InlineData("report:\n  forbid: email", 18, "forbid: it must be a list of texts")]
    [InlineData("report:\n  id: uuid\n  forbid: [uuid]", 19, "forbid: \"uuid\" carries the system's id")]
    [InlineData("report:\n  ids: uuid", 18, "ids: there is no such key; there are forbid, id")]
    [InlineData("reports:\n  id: uuid", 17, "reports: there is no such key; there are exclude, metrics, report")]
    public void A_wrong_key_about_reports_is_named_with_its_line(string wrong, int line, string error)
    {
        var thrown = Assert.Throws<StartupException>(() => Read($"{Entry}{wrong}\n"));

        Assert.StartsWith($"site.yaml, line {line}", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(error, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("properties.email.domain", "email")]
    [InlineData("postgresql_version", "postgresql_version")]
    [InlineData("rbac_stats.users", "rbac_stats")]
    public void What_a_metric_reads_is_not_forbidden(string field, string forbidden)
    {
        var yaml = Change("field: postgresql_version", $"field: {field}").Replace("    format: libpq-version\n", "", StringComparison.Ordinal);

        var thrown = Assert.Throws<StartupException>(() => Read($"{yaml}report:\n  forbid: [{forbidden}]\n"));

        Assert.Equal($"site.yaml, line 17: forbid: the metric \"databases\" reads {field}.", thrown.Message);
    }

    [Theory]
    [InlineData("Databases")]
    [InlineData("data bases")]
    [InlineData("data--bases")]
    [InlineData("overview")]
    public void What_is_no_id_is_refused(string id)
    {
        var thrown = Assert.Throws<StartupException>(() => Read(Change("id: databases", $"id: {id}")));

        Assert.StartsWith($"site.yaml, line 2, metric \"{id}\": id: \"{id}\" is no id", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_is_there_twice_is_refused_with_both_lines()
    {
        var twice = Entry + Entry["metrics:\n".Length..];

        var thrown = Assert.Throws<StartupException>(() => Read(twice));

        Assert.Equal("site.yaml, line 17, metric \"databases\": id: there already is a metric of that id in line 2.", thrown.Message);
    }

    [Fact]
    public void Each_wrong_entry_is_an_error_and_there_is_no_catalogue()
    {
        var yaml = Change("shape: share", "shape: pie") + Entry["metrics:\n".Length..].Replace("kind: count-by", "kind: median", StringComparison.Ordinal);

        Assert.Null(CatalogueFile.TryRead(yaml, "site.yaml", Report.Descriptor, out var errors));
        Assert.Equal([16, 27], errors.Select(error => int.Parse(error.Message.Split("line ")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("- a", "line 1")]
    [InlineData("metrics: []", "line 1: metrics: it must be there and be a list")]
    [InlineData("metrics:\n  - a", "line 2: metrics: every entry must be a mapping")]
    [InlineData("metrics: [", "line ")]
    public void What_is_no_catalogue_is_refused(string yaml, string error) =>
        Assert.Contains(error, Assert.Throws<StartupException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("channel", true)]
    [InlineData("clustered", true)]
    [InlineData("edition", true)]
    [InlineData("without_presence", false)]
    [InlineData("many", false)]
    [InlineData("mixed", false)]
    [InlineData("by_name", false)]
    [InlineData("large", false)]
    public void Count_by_reads_what_has_a_label_and_can_be_absent(string field, bool fits) =>
        Assert.Equal(fits, Accepts(Change("field: postgresql_version", $"field: {field}").Replace("format: libpq-version", "format: plain", StringComparison.Ordinal)));

    [Theory]
    [InlineData("mixed.one", true)]
    [InlineData("mixed", false)]
    [InlineData("without_presence", false)]
    public void Mean_reads_a_number_or_a_message_of_numbers(string field, bool fits) =>
        Assert.Equal(fits, Accepts(Change("field: postgresql_version", $"field: {field}").Replace("kind: count-by\n    format: libpq-version", "kind: mean", StringComparison.Ordinal)));

    [Fact]
    public async Task A_site_with_a_catalogue_of_its_own_serves_its_metrics()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory, "site.yaml");
        await File.WriteAllTextAsync(file, Entry);
        await using var site = await TestSite.StartAsync(directory, settings: $"--Telemetry:MetricsFile={file}");

        var list = await site.GetAsync("/charts");

        Assert.Equal("""[{"id":"databases","title":"Databases","group":"Deployment","unit":"systems","href":"/charts/databases"}]""", list);
    }

    [Fact]
    public async Task A_catalogue_that_is_not_there_stops_the_start_with_the_setting()
    {
        using var directory = new TemporaryDirectory();

        var thrown = await Assert.ThrowsAsync<StartupException>(() => TestSite.StartAsync(directory, settings: "--Telemetry:MetricsFile=/nowhere.yaml"));

        Assert.StartsWith("Telemetry__MetricsFile is \"/nowhere.yaml\"; it must be the path of a metric catalogue", thrown.Message, StringComparison.Ordinal);
    }

    private static string Change(string right, string wrong)
    {
        Assert.Contains(right, Entry, StringComparison.Ordinal);
        return Entry.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static MetricCatalogue Read(string yaml) => CatalogueFile.Read(yaml, "site.yaml", Report.Descriptor);

    private static bool Accepts(string yaml)
    {
        MessageDescriptor report = Example.ExampleReport.Descriptor;
        return Record.Exception(() => CatalogueFile.Read(yaml, "site.yaml", report)) is null;
    }
}
