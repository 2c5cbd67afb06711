using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Standalone.Demo;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Demo;

/// <summary>A demo of a product that has only a catalogue.</summary>
public sealed class DemoSiteTests(DemoSiteTests.Demo demo) : IClassFixture<DemoSiteTests.Demo>
{
    private const int Days = 60;

    private static readonly string Catalogue = "metrics:\n" + string.Concat(
        Entry("active", "count", null),
        Entry("release", "versions", "properties.version", "sample: [2026.10.0, 2026.10.1, 2026.11.0]"),
        Entry("release-labels", "count-by", "properties.version"),
        Entry("installation", "count-by", "properties.installation", "sample: {os: 60, container: 30, core: 10}", "labels: {os: Hub OS}"),
        Entry("integrations", "count-by", "properties.integrations", "sample: [[hue, mqtt], [mqtt], [zwave, hue]]"),
        Entry("certificate", "count-by", "properties.certificate", "sample: [yes, no]"),
        Entry("database", "count-by", "properties.database.name", "labels: {pg: PostgreSQL}", "only: [PostgreSQL, sqlite]"),
        Entry("database-version", "versions", "properties.database.version"),
        Entry("states", "mean", "properties.states", "sample: [100, 200]"),
        Entry("users", "histogram", "properties.users"),
        Entry("automations", "sum", "properties.users", "cap: 5"),
        Entry("any", "count-by", "properties.any"),
        Entry("parts", "versions", "components", "sample: [{hub: 1.0.0, radio: 0.9.1}, {hub: 1.1.0}]"),
        Entry("workers", "mean", "online_workers"));

    [Fact]
    public async Task Every_chart_has_data_of_what_the_sample_says()
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var chart in (await GetAsync("/charts")).EnumerateArray())
        {
            var document = await GetAsync(chart.GetProperty("href").GetString()!);
            var series = document.GetProperty("series").EnumerateArray().ToList();
            Assert.All(series, one => Assert.Contains(one.GetProperty("values").EnumerateArray(), value => value is { ValueKind: JsonValueKind.Number } && value.GetDouble() > 0));
            labels[chart.GetProperty("id").GetString()!] = string.Join(", ", series.Select(one => one.GetProperty("label").GetString()).Order(StringComparer.Ordinal));
        }

        Assert.Equal(
            """
            active: systems
            any: example A, example B, example C
            automations: total
            certificate: no, yes
            database: PostgreSQL, sqlite
            database-version/Title of database-version: 1.0, 1.1, 1.2, 2.0
            installation: Hub OS, container, core
            integrations: hue, mqtt, zwave
            parts/hub: 1.0, 1.1
            parts/radio: 0.9
            release-labels: 2026.10.0, 2026.10.1, 2026.11.0
            release/Title of release: 2026.10, 2026.11
            states: states
            users: 1, 16-31, 2-3, 32-63, 4-7, 8-15
            workers: hosts, processes
            """,
            string.Join('\n', labels.Select(chart => $"{chart.Key}: {chart.Value}")));
    }

    [Fact]
    public void The_log_says_nothing_while_the_store_is_filled_and_all_that_it_says_of_a_service_then()
    {
        Assert.Equal(0, demo.LinesOfTheFill);
        Assert.Contains(demo.Host.Services.GetFakeLogCollector().GetSnapshot(), line => line.Message.StartsWith("Listening on ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Packages_have_installs_of_all_kinds_and_none_is_lost()
    {
        var list = await GetAsync("/packages?format=json");
        var packages = list.GetProperty("packages").EnumerateArray().ToList();
        Assert.Equal(5, packages.Count);
        Assert.All(packages, package => Assert.True(package.GetProperty("ci").GetInt64() is var ci and > 0 && ci < package.GetProperty("total").GetInt64()));
        Assert.Contains("\"Darwin\"", list.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"8.4\"", list.ToString(), StringComparison.Ordinal);

        var framework = await GetAsync("/packages/example/framework?format=json");
        Assert.InRange(framework.GetProperty("versions").GetArrayLength(), 3, 20);

        // Of today there is what has been rolled up: nothing in the first hour.
        var first = DateTimeOffset.FromUnixTimeMilliseconds(framework.GetProperty("times")[0].GetInt64());
        var through = framework.GetProperty("through").GetDateTimeOffset();
        Assert.Equal(Days, (through.UtcDateTime.Date - first.UtcDateTime).Days);
        Assert.Equal(Math.Ceiling((through - first).TotalDays), framework.GetProperty("values").GetArrayLength());
    }

    [Fact]
    public void The_same_day_has_the_same_installs()
    {
        var options = demo.Host.Services.GetRequiredService<InstallOptions>();
        var day = new DateOnly(2026, 11, 18);
        static IEnumerable<string> Text(IEnumerable<DemoNotification> sent) =>
            sent.Select(one => $"{one.Time} {one.Address} {one.UserAgent} {string.Join(' ', one.Downloads)}");

        Assert.Equal(Text(new DemoInstalls(options).On(day, 9)), Text(new DemoInstalls(options).On(day, 9)));
        Assert.NotEmpty(new DemoInstalls(options).On(day, DemoInstalls.Days));
        Assert.Empty(new DemoInstalls(options).On(day, DemoInstalls.Days + 1));
    }

    [Fact]
    public async Task What_has_data_is_left_as_it_is()
    {
        var before = await GetAsync("/charts/active");

        var error = await Assert.ThrowsAsync<StartupException>(() => demo.Host.FillWithDemoAsync(Days));

        Assert.StartsWith("demo fills an empty store only, and this one has data.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before.ToString(), (await GetAsync("/charts/active")).ToString());
    }

    [Fact]
    public async Task Every_value_is_counted_and_nothing_else_is_sent()
    {
        var health = await GetAsync("/health");
        Assert.DoesNotContain("unreadable", health.ToString(), StringComparison.OrdinalIgnoreCase);

        var store = demo.Host.Services.GetRequiredService<ReportStore>();
        var yesterday = Window.Day(DateTimeOffset.UtcNow.AddDays(-1));
        var seen = 0;
        foreach (var shard in SystemId.Shards)
        {
            await foreach (var stored in store.ReadAsync(yesterday, shard, CancellationToken.None))
            {
                seen++;
                var report = ReportParser.Read(stored.Payload, ReportFormats.FromName(stored.Format));
                Assert.True(report is { OnlineContentApps: null, HasPostgresqlVersion: false, RbacStats: null, OnlineWorkers: not null, Components.Count: > 0 });
                Assert.Equal(
                    ["any", "certificate", "database", "installation", "integrations", "states", "users", "version"],
                    report.Properties.Fields.Keys.Order(StringComparer.Ordinal));
            }
        }

        Assert.True(seen > 20, string.Create(CultureInfo.InvariantCulture, $"{seen} systems"));
    }

    private static string Entry(string id, string kind, string? field, params string[] more)
    {
        var lines = new List<string>
        {
            $"- id: {id}", $"title: Title of {id}", "group: Group", "question: Which?", "example: One.", "personal: no", "privacy: None.", "since: '1.0'",
            "status: stable", $"kind: {kind}", "unit: systems", "out-of: systems", "shape: share",
        };
        if (field is not null)
            lines.Add($"field: {field}");
        return string.Concat(lines.Concat(more).Select((line, i) => (i == 0 ? "  " : "    ") + line + "\n"));
    }

    private async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await demo.Client.GetStringAsync(path)).RootElement;

    /// <summary>The site, filled once.</summary>
    public sealed class Demo : IAsyncLifetime
    {
        private readonly TemporaryDirectory _directory = new();

        public HttpClient Client { get; private set; } = null!;

        public IHost Host { get; private set; } = null!;

        /// <summary>What was logged while the store was filled.</summary>
        public int LinesOfTheFill { get; private set; }

        public async Task InitializeAsync()
        {
            var file = Path.Combine(_directory, "my.yaml");
            await File.WriteAllTextAsync(file, Catalogue);
            var arguments = CommandLine.Create().Parse(
                ["demo", "--metrics", file, "--urls", "http://127.0.0.1:0", $"--Telemetry:DataDirectory={_directory.Path}/data", "--AZURE_FUNCTIONS_ENVIRONMENT=Development"]);
            var builder = ServeCommand.CreateBuilder(DemoCommand.SettingsOf(arguments));
            builder.Logging.ClearProviders().AddFakeLogging();
            builder.AddDemo();
            var host = ServeCommand.Build(builder);
            Host = host;
            await host.OpenStoreAsync();
            await host.FillWithDemoAsync(Days);
            LinesOfTheFill = host.Services.GetFakeLogCollector().Count;
            await host.StartAsync();
            Client = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            await Host.StopAsync();
            await ((IAsyncDisposable)Host).DisposeAsync();
            _directory.Dispose();
        }
    }
}
