using System.CommandLine;
using System.Text;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Standalone.Audit;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Commands;

/// <summary>What a pipeline, or an administrator, learns about what looks personal: where it is, and never what.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private static readonly string Catalogue = "report: {id: uuid}\nmetrics:\n" + string.Concat(
        CatalogueText.Entry("active", "count", null),
        CatalogueText.Entry("databases", "count-by", "properties.database.name"),
        CatalogueText.Entry("plugins", "versions", "properties.plugins"),
        CatalogueText.Entry("modules", "count-by", "properties.modules", "audit: {allow: [host-name], because: Modules begin with a domain.}", "sample: [example.com/module]"));

    private readonly TemporaryDirectory _directory = new();

    public AuditCommandTests() => Write("hub.yaml", Catalogue);

    public void Dispose() => _directory.Dispose();

    /// <summary>The build has it that no catalogue of ours, and no report of the documentation, says anything personal.</summary>
    [Theory]
    [InlineData("TelemetryFunctions/metrics.yaml", "docs/samples/report.json")]
    [InlineData("docs/examples/home-automation-hub.yaml", "docs/examples/home-automation-hub.json")]
    [InlineData("docs/examples/minecraft-plugin.yaml", "docs/examples/minecraft-plugin.json")]
    public void Nothing_that_is_shipped_looks_personal(string file, string report)
    {
        var catalogue = CatalogueFile.Read(Repository.Read(file.Split('/')), file, Report.Descriptor);

        Assert.Empty(CatalogueAudit.Look(catalogue));
        Assert.Empty(new ReportAudit(catalogue).Look(Encoding.UTF8.GetBytes(Repository.Read(report.Split('/'))), ReportFormat.Json));
        Assert.Empty(new ReportAudit(catalogue).Look(Encoding.UTF8.GetBytes(ReportExample.Of(catalogue)), ReportFormat.Json));
    }

    [Fact]
    public async Task Reports_are_looked_through_wherever_it_stands_and_the_value_is_never_told()
    {
        Write("clean.json", """{"uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "database": {"name": "sqlite"}, "plugins": {"hue": "10.0.19045.3803"}, "modules": ["example.com/module"], "version": "1.2.3.4"}""");
        Write("bad.json", """
            {"uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "database": {"name": "db1.corp.local", "host": "db1"}, "plugins": {"anna@example.org": "1.0", "hue": "192.168.1.17"},
             "modules": ["example.com/module", "/home/anna/module"], "note": ["x", {"deep": "call +49 30 901820"}], "properties": {"lat": 52.5, "token": "abc"}}
            """);
        await File.WriteAllBytesAsync(Path.Combine(_directory, "bad.pb"), new Report { SystemId = ReportBuilder.Id(1), Components = { new Component { Name = "core", Version = "aa:bb:cc:dd:ee:ff" } } }.ToByteArray());

        var (exitCode, output) = await AuditAsync("--report", "clean.json", "bad.json", "bad.pb");

        Assert.Equal((1, """
            catalogue: nothing looks personal
            clean.json: nothing looks personal
            bad.json: databases database.name host-name
            bad.json: - database.host member-name
            bad.json: plugins plugins.* e-mail
            bad.json: plugins plugins.hue ip-address
            bad.json: modules modules[] path
            bad.json: - note[].deep phone
            bad.json: - properties.lat member-name
            bad.json: - properties.token member-name
            bad.pb: - components[].version mac-address

            """), (exitCode, output));
    }

    [Fact]
    public async Task A_sample_that_looks_personal_fails_before_anything_is_sent()
    {
        Write("hub.yaml", Catalogue + CatalogueText.Entry("owners", "count-by", "properties.owner", "sample: [anna@example.org]"));

        Assert.Equal((1, "catalogue: owners sample e-mail\n"), await AuditAsync());
    }

    [Fact]
    public async Task A_store_is_looked_through_with_how_many_have_it()
    {
        var settings = new[] { $"--Telemetry:MetricsFile={Path.Combine(_directory, "hub.yaml")}", "--Telemetry:MinimumAgeDays=0" };
        await using (var site = await TestSite.StartAsync(Path.Combine(_directory, "data"), settings: settings))
        {
            for (var system = 0; system < 3; system++)
                (await site.PostJsonAsync($$"""{"uuid":"{{ReportBuilder.Id(system)}}","modules":["example.com/module"],"database":{"name":"10.1.2.{{system}}"} }""")).EnsureSuccessStatusCode();
            site.Clock.Advance(TimeSpan.FromDays(1));
            await site.SummarizeAsync();
        }

        var before = await AuditAsync($"--Telemetry:DataDirectory={Path.Combine(_directory, "data")}", "--stored");
        Write("hub.yaml", Catalogue.Replace("allow: [host-name]", "allow: [phone]", StringComparison.Ordinal).Replace("example.com/module]", "module]", StringComparison.Ordinal));
        var after = await AuditAsync($"--Telemetry:DataDirectory={Path.Combine(_directory, "data")}", "--stored");

        Assert.Equal((1, """
            catalogue: nothing looks personal
            stored reports: databases database.name ip-address (3 times)
            published labels: nothing looks personal

            """), before);
        Assert.Equal((1, """
            catalogue: nothing looks personal
            stored reports: databases database.name ip-address (3 times)
            stored reports: modules modules[] host-name (3 times)
            published labels: modules label host-name

            """), after);

        var removed = await AuditAsync($"--Telemetry:DataDirectory={Path.Combine(_directory, "data")}", "--stored", "--remove");
        Assert.Equal((1, after.Output + "published labels: modules 1 day of charts removed\n"), removed);
        await using (var site = await TestSite.StartAsync(Path.Combine(_directory, "data"), settings: settings))
        {
            foreach (var page in new[] { "/charts/overview", "/charts/modules" })
                Assert.DoesNotContain("example.com", await site.GetAsync(page), StringComparison.Ordinal);
            Assert.Equal("systems: 3", await site.ValuesAsync("active"));
        }
    }

    [Fact]
    public async Task What_a_killed_run_has_left_in_the_charts_is_removed_by_doing_it_again()
    {
        var data = $"--Telemetry:DataDirectory={Path.Combine(_directory, "data")}";
        string[] settings = [$"--Telemetry:MetricsFile={Path.Combine(_directory, "hub.yaml")}", "--Telemetry:MinimumAgeDays=0"];
        await using (var site = await TestSite.StartAsync(Path.Combine(_directory, "data"), settings: settings))
        {
            await site.PostJsonAsync($$"""{"uuid":"{{ReportBuilder.Id(1)}}","modules":["example.com/module"]}""");
            site.Clock.Advance(TimeSpan.FromDays(1));
            await site.SummarizeAsync();
        }

        Write("hub.yaml", Catalogue.Replace("allow: [host-name]", "allow: [phone]", StringComparison.Ordinal).Replace("example.com/module]", "module]", StringComparison.Ordinal));
        await using (var site = await TestSite.StartAsync(Path.Combine(_directory, "data"), wrap: tables => new ChartlessStore(tables), settings: settings))
        {
            await Assert.ThrowsAsync<KilledException>(() => ActivatorUtilities.CreateInstance<LabelRemoval>(site.Service<IServiceProvider>()).RunAsync(default));
            Assert.Contains("example.com", await site.GetAsync("/charts/modules"), StringComparison.Ordinal);
        }

        Assert.Equal((1, """
            catalogue: nothing looks personal
            stored reports: modules modules[] host-name
            published labels: nothing looks personal

            """), await AuditAsync(data, "--stored", "--remove"));

        await using (var site = await TestSite.StartAsync(Path.Combine(_directory, "data"), settings: settings))
        {
            foreach (var page in new[] { "/charts/overview", "/charts/modules" })
                Assert.DoesNotContain("example.com", await site.GetAsync(page), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_removed_where_nothing_stored_is_looked_at() =>
        Assert.Equal("--remove is of what is stored; say --stored, too. See --help.", (await Assert.ThrowsAsync<UsageException>(() => AuditAsync("--remove"))).Message);

    [Theory]
    [InlineData("nowhere.json", "nowhere.json can't be read: ")]
    [InlineData("hub.yaml", "must be named *.json or *.pb")]
    [InlineData("list.json", "list.json is no report: ")]
    [InlineData("broken.json", "broken.json is no report: ")]
    [InlineData("half.json", "half.json is no report: ")]
    public async Task A_file_that_can_not_be_used_is_named(string file, string error)
    {
        Write("list.json", "[]");
        Write("broken.json", "{");
        Write("half.json", """{"note": "half of a pair: \ud83d"}""");

        var thrown = await Assert.ThrowsAsync<StartupException>(() => AuditAsync("--report", file));

        Assert.Contains(error, thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>A store whose user is killed where charts are to be made again.</summary>
    private sealed class ChartlessStore(ITableStore inner) : StoreWrapper(inner)
    {
        public override Task DeletePartitionAsync(TableSchema table, string partition, CancellationToken cancellation = default) =>
            table == ChartStore.Table ? throw new KilledException() : base.DeletePartitionAsync(table, partition, cancellation);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text, new UTF8Encoding(false));

    /// <summary>Runs the command; names without dashes are files of the directory.</summary>
    private async Task<(int ExitCode, string Output)> AuditAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var paths = arguments.Select(argument => argument.StartsWith("--", StringComparison.Ordinal) ? argument : Path.Combine(_directory, argument));
        var exitCode = await CommandLine.Create().Parse(["audit", $"--Telemetry:MetricsFile={Path.Combine(_directory, "hub.yaml")}", .. paths]).InvokeAsync(
            new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return (exitCode, output.ToString().Replace(_directory.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).ReplaceLineEndings("\n"));
    }
}
