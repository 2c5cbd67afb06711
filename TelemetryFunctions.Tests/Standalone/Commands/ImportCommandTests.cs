using System.CommandLine;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Standalone.Commands;

/// <summary>What somebody does and reads who brings charts along.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly TestStore _store = new SqliteStores().New();
    private readonly TemporaryDirectory _files = new();

    public void Dispose()
    {
        _store.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_dry_run_tells_what_the_real_one_then_does()
    {
        const string dump = """
            {"model": "pulpanalytics.agecount", "pk": 1, "fields": {"summary": "2024-03-01", "age": 0, "count": 1200}}
            {"model": "pulpanalytics.postgresversioncount", "pk": 1, "fields": {"summary": "2024-03-01", "version": 160004, "count": 2}}
            {"model": "pulpanalytics.postgresversioncount", "pk": 2, "fields": {"summary": "2024-03-03", "version": 160004, "count": 7}}
            {"model": "pulpanalytics.deploymentstats", "pk": "2024-03-01", "fields": {"online_worker_hosts_avg": 1, "online_worker_processes_avg": 2, "online_content_app_hosts_avg": 3, "online_content_app_processes_avg": null}}
            {"model": "pulpanalytics.system", "pk": 1, "fields": {"system_id": "3fa85f64-5717-4562-b3fc-2c963f66afa6", "created": "2024-03-03T01:00:00Z", "first_seen": "2024-01-01T01:00:00Z"}}
            {"model": "pulpanalytics.system", "pk": 2, "fields": {"system_id": "3fa85f64-5717-4562-b3fc-2c963f66afa7", "created": "2024-03-04T01:00:00Z", "first_seen": "2024-03-04T01:00:00Z"}}
            """;
        const string told = """
              active-systems: 2 points on 2 days from 2024-03-01 to 2024-03-03
              demography: 2 points on 2024-03-01, in 2 series
              postgresql-versions: 2 points on 2 days from 2024-03-01 to 2024-03-03
              system-age: 1 point on 2024-03-01
              the registry: first and last seen of 1 system, so that ages go on
            Left out:
              medians and percentiles of workers and content apps: a dump has their means only
              means of 1 days: too few systems, or unknown how many, can have sent them

            """;
        var file = await WriteAsync("dump.jsonl", dump);

        Assert.Equal((0, "To be written; nothing was changed:\n" + told), await RunAsync("pulp", "--dry-run", file));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Setting.Value));
        Assert.Equal((0, "Written:\n" + told), await RunAsync("pulp", file));
        Assert.Equal((0, "To be written; nothing was changed:\n" + told), await RunAsync("pulp", "--dry-run", file));
        Assert.Equal((0, "Written:\n" + told), await RunAsync("pulp", file));
    }

    [Fact]
    public async Task A_store_in_use_is_left_alone()
    {
        var file = await WriteAsync("active-systems.csv", "day,systems\n2024-03-01,5\n");
        await using var site = await TestSite.StartAsync(_store);

        var error = await Assert.ThrowsAsync<StartupException>(() => RunAsync("csv", file));
        Assert.Contains("is in use by another process", error.Message, StringComparison.Ordinal);
        Assert.Equal((0, "To be written; nothing was changed:\n  active-systems: 1 point on 2024-03-01\n"), await RunAsync("csv", file, "--dry-run"));
    }

    [Fact]
    public async Task A_dry_run_says_of_a_store_of_an_older_version_what_is_to_be_done_first()
    {
        var file = await WriteAsync("active-systems.csv", "day,systems\n2024-03-01,5\n");
        await using (await TestSite.StartAsync(_store))
        {
        }

        DatabaseFile.Run(Path.Combine(_store.Setting.Value, "telemetry.db"), "ALTER TABLE STATE DROP COLUMN Excluded");

        var error = await Assert.ThrowsAsync<StartupException>(() => RunAsync("csv", file, "--dry-run"));
        Assert.Equal("The store is of an older version; run migrate first.", error.Message);
    }

    [Fact]
    public async Task What_is_no_file_is_said()
    {
        var missing = Path.Combine(_files, "active-systems.csv");

        Assert.StartsWith($"{missing} can't be read: ", (await Assert.ThrowsAsync<StartupException>(() => RunAsync("csv", missing))).Message, StringComparison.Ordinal);
        Assert.Equal("--nonsense is no file; name files first, then settings. See --help.", (await Assert.ThrowsAsync<UsageException>(() => RunAsync("csv", "--nonsense"))).Message);
        Assert.Equal("Unrecognized argument --nonsense; see --help.", (await Assert.ThrowsAsync<UsageException>(() => RunAsync("csv", missing, "--nonsense"))).Message);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var exitCode = await CommandLine.Create()
            .Parse(["import", .. arguments, $"--{_store.Setting.Key}={_store.Setting.Value}", "--Logging:Console:LogLevel:Default=None"])
            .InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return (exitCode, output.ToString().ReplaceLineEndings("\n"));
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(_files, name);
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
