using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Standalone.Sqlite;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Functions;

/// <summary>The service as its users run it: started, killed and started again.</summary>
public sealed class ProcessTests
{
    private static readonly (string, string)[] Production = [("AZURE_FUNCTIONS_ENVIRONMENT", "Production")];

    [Fact]
    public async Task Every_report_that_was_answered_200_is_there_after_SIGKILL()
    {
        using var directory = new TemporaryDirectory();
        var accepted = new ConcurrentBag<string>();
        for (var kill = 0; kill < 3; kill++)
        {
            using var app = await AppProcess.StartAsync(directory, Production);
            var senders = Enumerable.Range(0, 16).Select(sender => SendUntilItFailsAsync(app.Client, accepted)).ToList();
            for (var before = accepted.Count; accepted.Count == before;)
                await Task.Delay(10);
            await Task.Delay(100 * kill);
            app.Kill();
            await Task.WhenAll(senders);
        }

        await using var engine = await TestEngine.OpenAsync(directory, new ManualClock(TimeProvider.System.GetUtcNow()));
        var stored = await engine.Store.ScanAsync(ReportStore.Table, KeyRange.All, []).Select(row => row.Key).ToHashSetAsync();

        Assert.NotEmpty(accepted);
        Assert.Empty(accepted.Except(stored));
    }

    [Fact]
    public async Task A_summary_that_is_killed_by_SIGKILL_comes_out_the_same()
    {
        const int systems = 4000;
        using var directory = new TemporaryDirectory();
        var yesterday = Window.Day(TimeProvider.System.GetUtcNow().AddDays(-1));
        var reference = new ReferenceSummary(minimumAgeDays: 1, minimumLabelSystems: 3);
        await using (var engine = await TestEngine.OpenAsync(directory, new ManualClock(yesterday.Start.AddDays(-2).AddHours(1))))
        {
            engine.Service<SqliteTableStore>().FlushesWrites = false;
            for (var day = -2; day <= 0; day++)
            {
                for (var system = 0; system < systems; system++)
                {
                    var report = ReportBuilder.Report(system, ("core", $"3.{system % 5}.{day + 2}"), ("rpm", $"1.{system % 3}.0"));
                    await engine.ReceiveAsync(report);
                    reference.Add(yesterday.Start.AddDays(day), report);
                }

                engine.Clock.Advance(TimeSpan.FromDays(1));
            }
        }

        // Until enough runs were killed in the middle: the lease they left tells.
        var killed = 0;
        for (var random = new Random(3); killed < 2; killed += await WasRunningAsync(directory) ? 1 : 0)
        {
            using var app = await AppProcess.StartAsync(directory, Production);
            await UntilRunningAsync(directory);
            await Task.Delay(random.Next(60));
            app.Kill();
        }

        using (var app = await AppProcess.StartAsync(directory, Production))
        {
            var wanted = $"\"lastSummarizedDay\":\"{yesterday.Start:yyyy-MM-dd}\"";
            for (var tries = 0; tries < 600 && !(await app.Client.GetStringAsync("/health")).Contains(wanted, StringComparison.Ordinal); tries++)
                await Task.Delay(50);
            app.Kill();
        }

        await using (var engine = await TestEngine.OpenAsync(directory, new ManualClock(yesterday.End.AddHours(1))))
        {
            Assert.Equal(reference.Summary(), await engine.DumpAsync(PointStore.Summary));
            Assert.Equal(reference.Systems(), await engine.DumpAsync(SystemRegistry.Table));
        }
    }

    [Fact]
    public async Task On_a_full_disk_reports_get_503_and_what_was_answered_200_stays()
    {
        using var directory = new TemporaryDirectory();
        var accepted = new List<string>();
        var last = HttpStatusCode.OK;
        using (var app = await AppProcess.StartWithFileLimitAsync(directory, kibibytes: 1024, Production))
        {
            for (var sent = 0; sent < 20_000 && last == HttpStatusCode.OK; sent++)
            {
                var report = ReportBuilder.Report(sent, ("core", "3.21.4"), ("padding", new string('1', 32)));
                var response = await app.Client.PostAsync("/", new ByteArrayContent(report.ToByteArray()));
                last = response.StatusCode;
                if (last == HttpStatusCode.OK)
                    accepted.Add(report.SystemId);
                else
                    Assert.NotNull(response.Headers.RetryAfter);
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, last);
            Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/charts")).StatusCode);
            var health = await app.Client.GetAsync("/health");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            Assert.Contains("\"not writable\"", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Single(app.Output.Split('\n'), line => line.Contains("can't be written", StringComparison.Ordinal));
        }

        await using var engine = await TestEngine.OpenAsync(directory, new ManualClock(TimeProvider.System.GetUtcNow()));
        var stored = await engine.Store.ScanAsync(ReportStore.Table, KeyRange.All, []).Select(row => row.Key).ToHashSetAsync();
        Assert.NotEmpty(accepted);
        Assert.Empty(accepted.Except(stored));
        await engine.ReceiveAsync(ReportBuilder.Report(-1));
    }

    [Fact]
    public async Task A_taken_port_is_one_clear_line()
    {
        using var directory = new TemporaryDirectory();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        var (exitCode, output) = await AppProcess.RunAsync(directory, address, []);

        Assert.Equal(1, exitCode);
        Assert.Contains(address, Assert.Single(output.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_service_on_the_same_directory_is_one_clear_line()
    {
        using var directory = new TemporaryDirectory();
        using var app = await AppProcess.StartAsync(directory);

        var (exitCode, output) = await AppProcess.RunAsync(directory, $"http://127.0.0.1:{AppProcess.FreePort()}", []);

        Assert.Equal(1, exitCode);
        Assert.Contains("in use by another process", Assert.Single(output.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unusable_setting_is_one_clear_line()
    {
        using var directory = new TemporaryDirectory();

        var (exitCode, output) = await AppProcess.RunAsync(
            directory, $"http://127.0.0.1:{AppProcess.FreePort()}", [], ("Telemetry__RawRetentionDays", "sixty"));

        Assert.Equal(1, exitCode);
        Assert.Equal("Telemetry__RawRetentionDays is \"sixty\"; it must be a whole number from 2 to 3650.", output);
    }

    [Fact]
    public async Task A_demo_is_not_written_into_a_store_that_has_data()
    {
        using var directory = new TemporaryDirectory();
        var address = $"http://127.0.0.1:{AppProcess.FreePort()}";
        using (var app = await AppProcess.StartAsync(directory))
            await app.Client.PostAsync("/", new ByteArrayContent(ReportBuilder.Report(1).ToByteArray()));

        var (exitCode, output) = await AppProcess.RunAsync(directory, address, ["demo"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("demo fills an empty store only", Assert.Single(output.Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>Waits until a process that has the directory summarizes, or has just done so.</summary>
    private static async Task UntilRunningAsync(string directory)
    {
        await using var store = new SqliteTableStore(directory, [SummaryProgressStore.Table], TimeProvider.System);
        var progress = new SummaryProgressStore(store);
        for (var tries = 0; tries < 1000 && (await progress.ReadAsync(ReportSource.SourceName, CancellationToken.None)).Progress is { Lease: null, Through: null }; tries++)
            await Task.Delay(1);
    }

    private static async Task<bool> WasRunningAsync(string directory)
    {
        await using var engine = await TestEngine.OpenAsync(directory, new ManualClock(TimeProvider.System.GetUtcNow()));
        return (await engine.Service<SummaryProgressStore>().ReadAsync(ReportSource.SourceName, CancellationToken.None)).Progress.Lease is not null;
    }

    private static async Task SendUntilItFailsAsync(HttpClient client, ConcurrentBag<string> accepted)
    {
        try
        {
            while (true)
            {
                var report = new Report { SystemId = Guid.NewGuid().ToString("n") };
                var response = await client.PostAsync("/", new ByteArrayContent(report.ToByteArray()));
                if (response.StatusCode == HttpStatusCode.OK)
                    accepted.Add(report.SystemId);
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }
}
