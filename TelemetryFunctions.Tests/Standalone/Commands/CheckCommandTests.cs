using System.CommandLine;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Commands;

/// <summary>What a product's pipeline learns about its catalogue and its reports.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private static readonly string Catalogue = """
        report:
          id: uuid
          forbid: [email]
        metrics:
        """ + string.Concat(
            CatalogueText.Entry("active", "count", null),
            CatalogueText.Entry("young", "age", null),
            CatalogueText.Entry("versions", "versions", "properties.version"),
            CatalogueText.Entry("plugins", "versions", "properties.plugins"),
            CatalogueText.Entry("installation", "count-by", "properties.installation_type", "labels: {os: Hub OS}", "only: [Hub OS]"),
            CatalogueText.Entry("integrations", "count-by", "properties.integrations"),
            CatalogueText.Entry("states", "mean", "properties.counts.states"),
            CatalogueText.Entry("people", "histogram", "properties.counts.users"),
            CatalogueText.Entry("automations", "sum", "properties.automation_count", "cap: 100"),
            CatalogueText.Entry("postgres", "count-by", "postgresql_version", "format: libpq-version"),
            CatalogueText.Entry("workers", "mean", "online_workers"));

    private readonly TemporaryDirectory _directory = new();

    public CheckCommandTests() => Write("hub.yaml", Catalogue);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_catalogue_without_errors_is_one_line() =>
        Assert.Equal((0, "hub.yaml: 11 metrics, nothing wrong\n"), await CheckAsync("hub.yaml"));

    [Fact]
    public async Task A_report_shows_what_every_metric_reads_and_what_none_does()
    {
        var json = $$"""
            {
              "uuid": "{{ReportBuilder.Id(1)}}",
              "version": "2026.11.1",
              "plugins": {"hue": "1.2.3", "mqtt": 4},
              "installation_type": "my own",
              "integrations": ["hue", "mqtt", "hue"],
              "counts": {"states": 1234567.5, "users": 5, "areas": 3},
              "automation_count": 500,
              "postgresqlVersion": 160004,
              "onlineWorkers": {"processes": 4, "threads": 8},
              "rbac_stats": {"users": 1},
              "operating.system": {"name": "linux"},
              "country": null,
              "properties": {"version": "2026.11.3", "board": "pi"}
            }
            """;
        Write("sample.json", json);

        var (exitCode, output) = await CheckAsync("hub.yaml", "--report", "sample.json");

        Assert.Equal($$"""
            hub.yaml: 11 metrics, nothing wrong

            sample.json: {{json.Length}} bytes, N with gzip
              accepted
              active        counts as systems
              young         counts as under 1 week
              versions      "2026.11.3" counts as Versions 2026.11, Versions 2026.11.3
              plugins       {"hue":"1.2.3","mqtt":4} counts as hue 1.2, mqtt 4, hue 1.2.3
              installation  "my own" counts as other
              integrations  ["hue","mqtt","hue"] counts as hue, mqtt
              states        1234567.5 counts as states 1234567.5
              people        5 counts as 4-7
              automations   500 counts as total 100
              postgres      160004 counts as 16.4
              workers       {"processes":4,"threads":8} counts as processes 4
              no metric reads: version, counts.areas, onlineWorkers.threads, rbac_stats, operating.system, country, properties.board

            """, WithoutGzip(output));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task What_a_metric_can_not_count_says_what_it_is_and_what_the_metric_reads()
    {
        Write("sample.json", $$$"""{"uuid":"{{{ReportBuilder.Id(1)}}}","version":true,"plugins":{"hue":{}},"integrations":[{{{string.Join(',', Enumerable.Range(0, 65))}}}],"counts":{"states":"12","users":-1},"automation_count":[1]}""");
        Write("flat.json", $$$"""{"uuid":"{{{ReportBuilder.Id(2)}}}","counts":7,"installation_type":{}}""");

        var (exitCode, output) = await CheckAsync("hub.yaml", "--report", "sample.json", "flat.json");

        Assert.Equal(1, exitCode);
        Assert.Equal(
            [
                "versions      unreadable: it is true, and kind versions reads a map of names to versions, a list of {name, version}, at most 64 of them, or one version",
                "plugins       unreadable: it is a map of 1, {\"hue\":{}}, and kind versions reads a map of names to versions, a list of {name, version}, at most 64 of them, or one version",
                "integrations  unreadable: it is a list of 65, [0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,…, and kind count-by reads a text, a number, true or false, or a list of at most 64 of these",
                "states        unreadable: it is a text, \"12\", and kind mean reads a number",
                "people        unreadable: it is the number -1, and kind histogram reads a number, 0 or more",
                "automations   unreadable: it is a list of 1, [1], and kind sum reads a number, 0 or more",
                "installation  unreadable: it is a map of 0, {}, and kind count-by reads a text, a number, true or false, or a list of at most 64 of these",
                "states        unreadable: counts is the number 7, and kind mean reads in it a number",
                "people        unreadable: counts is the number 7, and kind histogram reads in it a number, 0 or more",
            ],
            output.Split('\n').Where(line => line.Contains("unreadable", StringComparison.Ordinal)).Select(line => line.Trim()));
        Assert.EndsWith("\n\nNo report says: postgresql_version (postgres), online_workers (workers)\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_the_schema_are_the_products_where_no_metric_reads_it()
    {
        Write("own.yaml", "metrics:\n" + CatalogueText.Entry("parts", "count-by", "properties.components"));
        Write("sample.json", $$"""{"system_id":"{{ReportBuilder.Id(1)}}","components":["a","b"],"rbac_stats":7}""");

        var (exitCode, output) = await CheckAsync("own.yaml", "--report", "sample.json");

        Assert.EndsWith("  accepted\n  parts  [\"a\",\"b\"] counts as a, b\n  no metric reads: rbac_stats\n", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("home-automation-hub", "operating_system.version, recorder.version, addon_count")]
    [InlineData("minecraft-plugin", "bukkitVersion, osArch, osVersion, service.id, service.customCharts")]
    public async Task The_examples_are_right(string example, string unread)
    {
        foreach (var extension in new[] { ".yaml", ".json" })
            Write(example + extension, await File.ReadAllTextAsync(Repository.PathOf("docs", "examples", example + extension)));

        var (exitCode, output) = await CheckAsync(example + ".yaml", "--report", example + ".json");

        Assert.Equal(0, exitCode);
        Assert.EndsWith($"\n  no metric reads: {unread}\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("  nothing\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_refused_with_the_words_of_the_service()
    {
        string[] bodies =
        [
            """{"version":"1"}""",
            """{"uuid":"me"}""",
            $$"""{"uuid":"{{ReportBuilder.Id(1)}}","email":"a@b.c"}""",
            $$"""{"uuid":"{{ReportBuilder.Id(1)}}","text":"{{new string('x', 70_000)}}"}""",
            $$"""{"uuid":"{{ReportBuilder.Id(1)}}","components":[{{string.Join(',', Enumerable.Repeat("{}", 65))}}]}""",
            "",
            "not json",
            $$"""{"uuid":"{{ReportBuilder.Id(1)}}","text":"\ud800"}""",
            "[]",
        ];
        await using var site = await TestSite.StartAsync(Path.Combine(_directory, "data"), settings: "--Telemetry:MetricsFile=" + Path.Combine(_directory, "hub.yaml"));
        foreach (var body in bodies)
        {
            Write("sample.json", body);
            using var answer = JsonDocument.Parse(await (await site.PostJsonAsync(body)).Content.ReadAsStringAsync());

            var (exitCode, output) = await CheckAsync("hub.yaml", "--report", "sample.json");

            Assert.Equal(1, exitCode);
            Assert.Equal($"  refused: {answer.RootElement.GetProperty("detail").GetString()!.ReplaceLineEndings(" ")}", output.Split('\n')[3]);
        }
    }

    [Fact]
    public async Task A_report_that_the_site_does_not_count_is_told()
    {
        Write("sample.json", $$"""{"uuid":"{{ReportBuilder.Id(1)}}","components":[{"name":"core","version":"1.0rc1"}]}""");

        var (exitCode, output) = await CheckAsync("hub.yaml", "--AZURE_FUNCTIONS_ENVIRONMENT=Production", "--report", "sample.json");
        Assert.Equal((1, "  ignored: core 1.0rc1 is a prerelease; this site counts released versions."), (exitCode, output.Split('\n')[3]));

        (exitCode, output) = await CheckAsync("hub.yaml", "--Telemetry:AcceptPrereleases=true", "--report", "sample.json");
        Assert.Equal((0, "  accepted"), (exitCode, output.Split('\n')[3]));
    }

    [Fact]
    public async Task A_report_of_a_system_that_does_not_count_tells_the_rules()
    {
        Write("hub.yaml", Catalogue + """

            exclude:
              - {id: pipeline, because: They are ours., field: properties.build, starts-with: [ci]}
              - {id: fresh, because: Tests., field: properties.counts.users, below: 1, younger-than: 2}
              - {id: cloned, because: Images., more-reports-than: 24}
              - {id: huge, because: Wrong., field: properties.counts.users, above: 1}
            """);
        Write("systems.txt", ReportBuilder.Id(1));
        Write("sample.json", $$$"""{"uuid":"{{{ReportBuilder.Id(1)}}}","build":"ci-7","counts":{"users":0}}""");

        var (exitCode, output) = await CheckAsync("hub.yaml", $"--Telemetry:ExcludedSystemsFile={Path.Combine(_directory, "systems.txt")}", "--report", "sample.json");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            [
                "  accepted",
                "  does not count (listed): Its id is in the file of Telemetry__ExcludedSystemsFile.",
                "  does not count (pipeline): They are ours.",
                "  does not count in its first 2 days (fresh): Tests.",
                "  does not count with more than 24 reports a day (cloned): Images.",
            ],
            output.Split('\n').Skip(3).Take(5));
        Assert.DoesNotContain("no metric reads", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Protobuf_shows_the_fields_that_the_schema_does_not_know()
    {
        var report = ReportBuilder.Report(1);
        report.PostgresqlVersion = 160004;
        report.Properties = new Struct { Fields = { ["version"] = Value.ForString("2026.11.1"), ["empty"] = new Value(), ["installation_type"] = Value.ForList(new Value()) } };
        // A number in field 9, which the report does not have, and one in field 15 of its workers.
        File.WriteAllBytes(Path.Combine(_directory, "sample.pb"), [.. report.ToByteArray(), 0x48, 5, 0x1a, 4, 0x08, 2, 0x78, 1]);

        var (exitCode, output) = await CheckAsync("hub.yaml", "--report", "sample.pb");

        Assert.Equal(1, exitCode);
        Assert.Contains("\n  postgres      160004 counts as 16.4\n  workers       {\"processes\":2} counts as processes 2\n", output, StringComparison.Ordinal);
        Assert.Contains("\n  installation  unreadable: it is a list of 1, [null], and kind count-by reads ", output, StringComparison.Ordinal);
        Assert.Contains("\n  no metric reads: properties.empty, field 9, online_workers.field 15\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1e300")]
    [InlineData("\"\\u001b[31m\"")]
    [InlineData("[[[[[[[[1]]]]]]]]")]
    [InlineData("{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":1}}}}}")]
    [InlineData("{\"states\":[],\"users\":{}}")]
    public async Task No_value_is_too_odd(string odd)
    {
        Write("sample.json", $$"""{"uuid":"{{ReportBuilder.Id(1)}}","version":{{odd}},"plugins":{{odd}},"installation_type":{{odd}},"integrations":{{odd}},"counts":{{odd}},"automation_count":{{odd}},"\u001b":1}""");

        var (_, output) = await CheckAsync("hub.yaml", "--report", "sample.json");

        Assert.Equal(11, output.Split('\n').Count(line => line.Contains(" counts as ", StringComparison.Ordinal) || line.EndsWith("  nothing", StringComparison.Ordinal) || line.Contains("  unreadable: ", StringComparison.Ordinal)));
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Every_entry_that_is_wrong_is_told_and_no_report_is_looked_at()
    {
        Write("hub.yaml", Catalogue
            .Replace("kind: age", "kind: years", StringComparison.Ordinal)
            .Replace("cap: 100", "cap: none", StringComparison.Ordinal)
            .Replace("forbid: [email]", "forbid: [uuid]", StringComparison.Ordinal) + "\ncolour: red\n");
        Write("sample.json", "{}");

        var (exitCode, output) = await CheckAsync("hub.yaml", "--report", "sample.json");

        Assert.Equal((1, """
            hub.yaml, line 27, metric "young": kind: "years" must be one of count, count-by, versions, mean, histogram, sum, age, age-in-days.
            hub.yaml, line 131, metric "automations": cap: "none" must be a number over 0, such as 1000, and at most 1000000000000000.
            hub.yaml, line 3: forbid: "uuid" carries the system's id.
            hub.yaml, line 161: colour: there is no such key; there are exclude, metrics, report.

            """), (exitCode, output));
    }

    [Theory]
    [InlineData("nowhere.yaml", "sample.json", "nowhere.yaml can't be read: ")]
    [InlineData("hub.yaml", "nowhere.json", "nowhere.json can't be read: ")]
    [InlineData("hub.yaml", "hub.yaml", "hub.yaml must be named *.json or *.pb: its name says how the report is written.")]
    public async Task A_file_that_can_not_be_used_is_named(string catalogue, string report, string error)
    {
        Write("sample.json", "{}");

        var thrown = await Assert.ThrowsAsync<StartupException>(() => CheckAsync(catalogue, "--report", report));

        Assert.Contains(error, thrown.Message, StringComparison.Ordinal);
    }

    private static string WithoutGzip(string output) =>
        System.Text.RegularExpressions.Regex.Replace(output, @"\b[1-9]\d* with gzip", "N with gzip");

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text, new UTF8Encoding(false));

    /// <summary>Runs the command; names without dashes are files of the directory.</summary>
    private async Task<(int ExitCode, string Output)> CheckAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var paths = arguments.Select(argument => argument.StartsWith("--", StringComparison.Ordinal) ? argument : Path.Combine(_directory, argument));
        var exitCode = await CommandLine.Create().Parse(["check", .. paths]).InvokeAsync(
            new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return (exitCode, output.ToString().Replace(_directory.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).ReplaceLineEndings("\n"));
    }
}
