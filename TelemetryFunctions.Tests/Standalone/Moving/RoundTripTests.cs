using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Parquet;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Standalone.Moving.Export;
using TelemetryFunctions.Standalone.Moving.Installs;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Moving;

/// <summary>What leaves a site makes the same site on another store, whichever adapters the two have.</summary>
public abstract class RoundTripTests(TestStores from, TestStores to) : IAsyncLifetime
{
    private readonly TestStore _from = from.New();
    private readonly TestStore _to = to.New();
    private readonly TemporaryDirectory _files = new();

    private string Export => Path.Combine(_files, "export");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _from.Dispose();
        _to.Dispose();
        _files.Dispose();
        return Task.CompletedTask;
    }

    [StoreFact]
    public async Task An_export_makes_the_same_charts_byte_by_byte_on_another_store()
    {
        await using var site = await StartWithHistoryAsync(_from);
        Assert.Equal($"{Export}: 23 series with 102 points from 2026-11-10 to 2026-11-18\n", await ExportAsync(_from, Export));
        await using var other = await MovingSite.StartAsync(_to, new ManualClock(site.Clock.GetUtcNow()));

        var plan = await other.ImportAsync(await ExportedHistory.OpenAsync(Export, default));

        Assert.Empty(plan.Refused);
        var charts = await site.GetAsync("/charts");
        Assert.Equal(charts, await other.GetAsync("/charts"));
        var paths = JsonDocument.Parse(charts).RootElement.EnumerateArray().Select(chart => chart.GetProperty("href").GetString()!).ToList();
        Assert.Contains("/charts/components/%3DCore", paths);
        Assert.True(File.Exists(Path.Combine(Export, "charts/components/=core.xy~2.csv")), "names that differ in case have one file");
        foreach (var path in paths.Append("/charts/components/core?by=xyz").Append("/charts/workers?by=mean").Append("/charts/overview"))
            Assert.Equal(await site.GetAsync(path), await other.GetAsync(path));

        const string marks = "\"marks\":[{\"day\":\"2026-11-13\",\"kind\":\"kept\",\"days\":3},{\"day\":\"2026-11-17\",\"kind\":\"outage\",\"hours\":5}]";
        Assert.Contains(marks, await other.GetAsync("/charts/active-systems"), StringComparison.Ordinal);
        await ExportAsync(_to, Export + "2");
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Export, ExportManifest.FileName)), await File.ReadAllTextAsync(Path.Combine(Export + "2", ExportManifest.FileName)));

        // It goes on as it would have there, once systems that it does not know are no longer new.
        foreach (var one in new[] { site, other })
        {
            for (var day = 20; day <= 21; day++)
            {
                await ReportAsync(one, "core", 3);
                one.Clock.AdvanceTo(new(2026, 11, day, 0, 5, 0, TimeSpan.Zero));
                await one.SummarizeAsync();
            }
        }

        Assert.Equal(await site.ValuesAsync("components/core"), await other.ValuesAsync("components/core"));
    }

    [StoreFact]
    public async Task Installs_move_with_their_days()
    {
        await using var site = await StartWithHistoryAsync(_from);
        await InstallAsync(site, "acme/one", "1.0.0", 3);
        await InstallAsync(site, "acme/one", "=2.0", 1);
        await InstallAsync(site, "acme/two", "1.0.0", 2);
        await SummarizeInstallsAsync(site);
        await ExportAsync(_from, Export);
        await using var other = await MovingSite.StartAsync(_to, new ManualClock(new(2026, 11, 19, 1, 0, 0, TimeSpan.Zero)));
        await InstallAsync(other, "acme/two", "3.0.0", 1);
        await SummarizeInstallsAsync(other);
        var known = await other.GetAsync("/packages/acme/two?format=json");
        var export = await ExportedHistory.OpenAsync(Export, default);

        Assert.Equal(new ImportedInstalls(1, 1), await RunAsync(isDryRun: true));
        Assert.Equal(new ImportedInstalls(1, 1), await RunAsync(isDryRun: false));
        Assert.Equal(new ImportedInstalls(0, 2), await RunAsync(isDryRun: false));

        Assert.Equal(known, await other.GetAsync("/packages/acme/two?format=json"));
        foreach (var path in new[] { "/packages/acme/one?format=json", "/packages/acme/one?format=csv" })
            Assert.Equal(await site.GetAsync(path), await other.GetAsync(path));
        Assert.Contains("acme/one", await other.GetAsync("/packages?format=csv"), StringComparison.Ordinal);

        Task<ImportedInstalls> RunAsync(bool isDryRun) =>
            other.Service<InstallImporter>().RunAsync(export.Installs!.Value.Directory, export.Installs.Value.Counted, isDryRun, default);
    }

    /// <summary>A site with days that were imported, and days of its own.</summary>
    private protected static async Task<TestSite> StartWithHistoryAsync(TestStore store, params string[] settings)
    {
        var site = await MovingSite.StartAsync(store, new ManualClock(new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero)), settings: settings);
        await site.ImportAsync(await site.ReadDumpAsync());
        await ReportAsync(site, "core", 4);
        site.Clock.AdvanceTo(new(2026, 11, 17, 0, 5, 0, TimeSpan.Zero));
        await ReportAsync(site, "core", 4);
        site.Clock.AdvanceTo(new(2026, 11, 18, 0, 5, 0, TimeSpan.Zero));
        await ReportAsync(site, "core", 5);
        site.Clock.AdvanceTo(new(2026, 11, 19, 0, 5, 0, TimeSpan.Zero));
        await site.Service<OutageStore>().AddAsync(new Outage(new DateOnly(2026, 11, 17), 5), default);
        await site.Service<KeptWindows>().AddAsync(new WindowSpan(new(2026, 11, 11, 0, 0, 0, TimeSpan.Zero), new(2026, 11, 14, 0, 0, 0, TimeSpan.Zero)), default);
        await site.SummarizeAsync();
        return site;
    }

    private protected static async Task<string> ExportAsync(TestStore store, string directory, params string[] settings)
    {
        using var output = new StringWriter();
        var exitCode = await CommandLine.Create()
            .Parse(["export", directory, $"--{store.Setting.Key}={store.Setting.Value}", "--Logging:Console:LogLevel:Default=None", .. settings])
            .InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        Assert.Equal(0, exitCode);
        return output.ToString().ReplaceLineEndings("\n");
    }

    private protected static async Task InstallAsync(TestSite site, string package, string version, int times)
    {
        for (var install = 0; install < times; install++)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/downloads")
            {
                Content = new StringContent($$"""{"downloads": [{"name": "{{package}}", "version": "{{version}}"}]}"""),
            };
            request.Headers.TryAddWithoutValidation("User-Agent", $"Composer/2.8.{install} (Linux; 6.8.0; PHP 8.3.{install}; cURL 8.5.0{(install == 0 ? "; CI" : "")})");
            (await site.Client.SendAsync(request)).EnsureSuccessStatusCode();
        }
    }

    private protected static async Task SummarizeInstallsAsync(TestSite site, int hour = 3)
    {
        site.Clock.AdvanceTo(new(2026, 11, 19, hour, 5, 0, TimeSpan.Zero));
        await site.Service<ScheduledSummaries>().RunDueAsync(default);
    }

    private protected static async Task ReportAsync(TestSite site, string component, int systems)
    {
        for (var system = 1; system <= systems; system++)
        {
            var response = await site.PostJsonAsync($$"""
                {"system_id": "{{ReportBuilder.Id(system)}}", "components": [{"name": "{{component}}", "version": "3.{{system / 4}}.{{system}}"}, {"name": "=Core", "version": "1.0"}, {"name": "=core", "version": "1.0"}],
                 "online_workers": {"processes": {{system}}}, "postgresql_version": 160004}
                """);
            Assert.True(response.IsSuccessStatusCode);
        }
    }
}

public sealed class SqliteRoundTripTests() : RoundTripTests(new SqliteStores(), new SqliteStores())
{
    /// <summary>A store that is written once while its packages are read.</summary>
    private sealed class BusyStore(ITableStore inner) : StoreWrapper(inner)
    {
        public Func<Task>? OnScan { get; set; }

        public override async IAsyncEnumerable<Row> ScanAsync(
            TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            if (table == PackageStore.Packages && OnScan is { } write)
            {
                OnScan = null;
                await write();
            }

            await foreach (var row in base.ScanAsync(table, range, columns, cancellation))
                yield return row;
        }
    }

    [Fact]
    public async Task What_was_changed_is_refused()
    {
        using var store = new SqliteStores().New();
        using var files = new TemporaryDirectory();
        var directory = Path.Combine(files, "export");
        await using (await StartWithHistoryAsync(store))
            await ExportAsync(store, directory);
        var file = Path.Combine(directory, "charts/components/core.xy.csv");
        var csv = await File.ReadAllTextAsync(file);

        Assert.Equal(
            $"{directory} is there and not empty; name a directory that is not, or an empty one.",
            (await Assert.ThrowsAsync<StartupException>(() => ExportAsync(store, directory))).Message);
        await File.WriteAllTextAsync(file, csv.Replace("15", "16", StringComparison.Ordinal));
        Assert.StartsWith($"{file} is not what was exported: its SHA-256", await ErrorAsync(), StringComparison.Ordinal);
        File.Delete(file);
        Assert.StartsWith($"{file} can't be read: ", await ErrorAsync(), StringComparison.Ordinal);
        await ChangeManifestAsync("\"charts/components/core.xy.csv\"", "\"../charts.csv\"");
        Assert.Equal($"{directory} is no export: manifest.json names ../charts.csv, which is outside.", await ErrorAsync());
        await ChangeManifestAsync("\"hours\": 5", "\"hours\": -5");
        Assert.Equal($"{Path.Combine(directory, "manifest.json")} is no manifest of an export: the service was down for -5 hours of 2026-11-17.", await ErrorAsync());
        await ChangeManifestAsync("\"hours\": -5", "\"hours\": 5");
        await ChangeManifestAsync("\"name\": \"core\"", $"\"name\": \"{new string('x', 65)}\"");
        Assert.Equal($"{Path.Combine(directory, "manifest.json")} is no manifest of an export: it has a series of a name that no chart has.", await ErrorAsync());
        await ChangeManifestAsync($"\"name\": \"{new string('x', 65)}\"", "\"name\": \"core\"");
        await ChangeManifestAsync("\"outages\":", "\"installs\": {\"first\": \"2026-11-10T00:00:00Z\", \"through\": \"2026-11-11T00:00:00Z\"},\n\"outages\":");
        Assert.Equal($"{Path.Combine(directory, "manifest.json")} is no manifest of an export: it has installs, and no file installs/counters.csv.", await ErrorAsync());
        await ChangeManifestAsync("\"installs\": {\"first\": \"2026-11-10T00:00:00Z\", \"through\": \"2026-11-11T00:00:00Z\"},\n", "");
        await ChangeManifestAsync("\"first\": \"2026-11-10\"", "\"first\": \"0001-01-01\"");
        Assert.Equal($"{Path.Combine(directory, "manifest.json")} is no manifest of an export: is of 0001-01-01; days from 2000-01-01 on are believed.", await ErrorAsync());
        await ChangeManifestAsync("\"first\": \"0001-01-01\"", "\"first\": \"2026-12-10\"");
        Assert.Equal($"{Path.Combine(directory, "manifest.json")} is no manifest of an export: there are no days from 2026-12-10 to 2026-11-18.", await ErrorAsync());
        await ChangeManifestAsync("\"first\": \"2026-12-10\"", "\"first\": \"2026-11-10\"");
        await ChangeManifestAsync("\"format\": 1", "\"format\": 2");
        Assert.Equal($"{directory} has format 2, and this version reads 1; update the service.", await ErrorAsync());
        await ChangeManifestAsync("\"format\"", "\"version\"");
        Assert.StartsWith($"{Path.Combine(directory, "manifest.json")} is no manifest of an export: ", await ErrorAsync(), StringComparison.Ordinal);
        File.Delete(Path.Combine(directory, "manifest.json"));
        Assert.StartsWith($"{directory} is no export, which has a manifest.json: ", await ErrorAsync(), StringComparison.Ordinal);

        async Task<string> ErrorAsync() => (await Assert.ThrowsAsync<StartupException>(() => ExportedHistory.OpenAsync(directory, default))).Message;
        async Task ChangeManifestAsync(string old, string changed)
        {
            var manifest = await File.ReadAllTextAsync(Path.Combine(directory, "manifest.json"));
            Assert.Contains(old, manifest, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(directory, "manifest.json"), manifest.Replace(old, changed, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_directory_that_a_shell_has_completed_is_filled_and_none_beside_it_is_emptied()
    {
        using var store = new SqliteStores().New();
        using var files = new TemporaryDirectory();
        var directory = Path.Combine(files, "export") + Path.DirectorySeparatorChar;
        Directory.CreateDirectory(directory);
        var partial = Directory.CreateDirectory(Path.Combine(files, "export.partial")).FullName;
        await File.WriteAllTextAsync(Path.Combine(partial, "thesis.txt"), "mine");

        await using (await StartWithHistoryAsync(store))
        {
            var error = await Assert.ThrowsAsync<StartupException>(() => ExportAsync(store, directory));
            Assert.Equal($"{partial} is there, which is the name of an export that is not finished, and is none; name another directory.", error.Message);
            Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(partial, "thesis.txt")));

            // As one has left it that was killed.
            File.Move(Path.Combine(partial, "thesis.txt"), Path.Combine(partial, ExportManifest.Catalogue));
            await ExportAsync(store, directory);
        }

        await ExportedHistory.OpenAsync(directory, default);
    }

    [Fact]
    public async Task Counts_with_noise_stay_what_was_published()
    {
        string[] noise = ["--Telemetry:Privacy:Epsilon=0.1", "--Telemetry:Privacy:NoiseBelow=100"];
        using var store = new SqliteStores().New();
        using var otherStore = new SqliteStores().New();
        using var files = new TemporaryDirectory();
        var directory = Path.Combine(files, "export");
        await using var site = await StartWithHistoryAsync(store, noise);
        await ExportAsync(store, directory, noise);
        await using var other = await MovingSite.StartAsync(otherStore, new ManualClock(site.Clock.GetUtcNow()), settings: noise);

        await other.ImportAsync(await ExportedHistory.OpenAsync(directory, default));

        Assert.Equal(await site.GetAsync("/charts"), await other.GetAsync("/charts"));
        foreach (var chart in new[] { "/charts/overview", "/charts/postgresql-versions", "/charts/components/core", "/charts/components/core?by=xyz", "/charts/components/%3DCore" })
            Assert.Equal(await site.GetAsync(chart), await other.GetAsync(chart));
    }

    [Fact]
    public async Task A_name_that_too_few_carry_for_the_other_site_is_not_listed_there_any_more()
    {
        using var store = new SqliteStores().New();
        using var otherStore = new SqliteStores().New();
        using var files = new TemporaryDirectory();
        var directory = Path.Combine(files, "export");
        await using var site = await StartWithHistoryAsync(store);
        await ExportAsync(store, directory);
        await using (var former = await MovingSite.StartAsync(otherStore, new ManualClock(site.Clock.GetUtcNow())))
        {
            await former.ImportAsync(await ExportedHistory.OpenAsync(directory, default));
            Assert.Contains("=Core", await former.GetAsync("/charts"), StringComparison.Ordinal);
        }

        await using var other = await MovingSite.StartAsync(otherStore, new ManualClock(site.Clock.GetUtcNow()), settings: "--Telemetry:MinimumLabelSystems=6");

        var plan = await other.ImportAsync(await ExportedHistory.OpenAsync(directory, default));

        Assert.True(plan.DaysOfFew > 0);
        Assert.Contains("=Core", await site.GetAsync("/charts"), StringComparison.Ordinal);
        Assert.DoesNotContain("=Core", await other.GetAsync("/charts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Installs_that_wait_to_be_counted_are_counted_beside_those_that_are_imported()
    {
        using var store = new SqliteStores().New();
        using var files = new TemporaryDirectory();
        var directory = Path.Combine(files, "export");
        await using (var site = await StartWithHistoryAsync(store))
        {
            await InstallAsync(site, "acme/one", "1.0.0", 3);
            await SummarizeInstallsAsync(site);
            await ExportAsync(store, directory);
        }

        var export = await ExportedHistory.OpenAsync(directory, default);
        foreach (var isCountedBefore in new[] { true, false })
        {
            using var otherStore = new SqliteStores().New();
            await using var other = await MovingSite.StartAsync(otherStore, new ManualClock(new(2026, 11, 19, 0, 30, 0, TimeSpan.Zero)));
            await InstallAsync(other, isCountedBefore ? "acme/two" : "acme/one", "1.0.0", 1);
            if (isCountedBefore)
            {
                await SummarizeInstallsAsync(other, 1);
                await InstallAsync(other, "acme/one", "1.0.0", 1);
            }

            other.Clock.AdvanceTo(new(2026, 11, 19, 2, 30, 0, TimeSpan.Zero));
            await other.Service<InstallImporter>().RunAsync(export.Installs!.Value.Directory, export.Installs.Value.Counted, false, default);
            await SummarizeInstallsAsync(other, 4);

            using var package = JsonDocument.Parse(await other.GetAsync("/packages/acme/one?format=json"));
            Assert.Equal(4, package.RootElement.GetProperty("total").GetInt64());
        }
    }

    [Fact]
    public async Task Installs_that_are_counted_while_they_are_exported_are_not_exported_in_part()
    {
        using var store = new SqliteStores().New();
        using var files = new TemporaryDirectory();
        BusyStore? busy = null;
        await using var site = await MovingSite.StartAsync(store, new ManualClock(new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero)), tables => busy = new BusyStore(tables));
        await ReportAsync(site, "core", 3);
        site.Clock.AdvanceTo(new(2026, 11, 19, 0, 5, 0, TimeSpan.Zero));
        await InstallAsync(site, "acme/one", "1.0.0", 3);
        await SummarizeInstallsAsync(site);
        await InstallAsync(site, "acme/one", "1.0.0", 1);

        busy!.OnScan = () => SummarizeInstallsAsync(site, 5);
        var error = await Assert.ThrowsAsync<StartupException>(() => site.Service<Exporter>().WriteAsync(Path.Combine(files, "export"), default));

        Assert.Equal("Installs were counted while they were exported, and what was read does not belong together. Export again.", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(files));
        await site.Service<Exporter>().WriteAsync(Path.Combine(files, "export"), default);
    }

    [Fact]
    public async Task Parquet_has_each_point()
    {
        using var store = new SqliteStores().New();
        using var files = new TemporaryDirectory();
        var directory = Path.Combine(files, "export");
        await using (await StartWithHistoryAsync(store))
            await ExportAsync(store, directory);

        await using var reader = await ParquetReader.CreateAsync(
            Path.Combine(directory, ExportManifest.Parquet), new ParquetOptions { UseDateOnlyTypeForDates = true });

        Assert.Equal(["metric", "by", "name", "day", "label", "value"], reader.Schema.DataFields.Select(field => field.Name));
        using var group = reader.OpenRowGroupReader(0);
        Assert.Equal(102, group.RowCount);
        var (names, days, values) = (new string[102], new DateOnly[102], new double[102]);
        await group.ReadAsync(reader.Schema.DataFields[2], names);
        await group.ReadAsync<DateOnly>(reader.Schema.DataFields[3], days);
        await group.ReadAsync<double>(reader.Schema.DataFields[5], values);
        Assert.Equal(15, Enumerable.Range(0, 102).Where(row => names[row] == "core" && days[row] == new DateOnly(2026, 11, 14)).Max(row => values[row]));
        Assert.Contains("3.22,", await File.ReadAllTextAsync(Path.Combine(directory, "charts/components/core.xy.csv")), StringComparison.Ordinal);
        Assert.Contains("id: active-systems", await File.ReadAllTextAsync(Path.Combine(directory, ExportManifest.Catalogue)), StringComparison.Ordinal);
    }
}

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class SqliteToAzureTests(Azurite azurite) : RoundTripTests(new SqliteStores(), new AzuriteStores(azurite));

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureToSqliteTests(Azurite azurite) : RoundTripTests(new AzuriteStores(azurite), new SqliteStores());
