using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Summaries;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Health;

/// <summary>What is wrong with the store's files shows in <c>/health</c>, and in the log once.</summary>
public sealed class StoreHealthTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeLogCollector _log = new();

    private string File => Path.Combine(_directory, "telemetry.db");

    private IEnumerable<string> Problems =>
        _log.GetSnapshot().Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.Message);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_file_that_is_removed_takes_in_nothing_until_it_is_back()
    {
        await using var site = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(site, 1)).StatusCode);
        Assert.Equal((HttpStatusCode.OK, "ok", "reachable"), await HealthAsync(site));

        System.IO.File.Move(File, File + ".away");
        for (var i = 0; i < 3; i++)
        {
            var answer = await PostAsync(site, 2);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable", "not writable"), await HealthAsync(site));
        }

        Assert.False(System.IO.File.Exists(File));
        Assert.Contains(File, Assert.Single(Problems), StringComparison.Ordinal);

        System.IO.File.Move(File + ".away", File);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(site, 3)).StatusCode);
        Assert.Single(Problems);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((HttpStatusCode.OK, "ok", "reachable"), await HealthAsync(site));
        Assert.Equal(2, Problems.Count());
        Assert.Contains("again", Problems.Last(), StringComparison.Ordinal);
        await PostAsync(site, 4);
        Assert.Equal(2, Problems.Count());
    }

    [Fact]
    public async Task The_loss_of_the_file_is_noticed_though_nobody_reports()
    {
        await using var site = await StartAsync();
        await site.GetAsync("/health");
        System.IO.File.Delete(File);

        site.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable", "not writable"), await HealthAsync(site));
    }

    [Fact]
    public async Task A_file_that_another_process_has_locked_is_not_writable()
    {
        await using var site = await StartAsync();
        await using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);

            var health = HealthAsync(site);
            while (!health.IsCompleted)
            {
                site.Clock.Advance(Patience);
                await Task.Delay(10);
            }

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable", "not writable"), await health);
        }

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(site, 1)).StatusCode);
        Assert.Equal((HttpStatusCode.OK, "ok", "reachable"), await HealthAsync(site));
    }

    [Fact]
    public async Task Health_writes_once_a_minute_at_most()
    {
        await using var site = await StartAsync(store => new Counting(store));
        var store = (Counting)site.Store;
        for (var i = 0; i < 10; i++)
            await site.GetAsync("/health");
        Assert.Equal(1, store.Writes);

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => site.GetAsync("/health")));
        Assert.Equal(2, store.Writes);
    }

    [Fact]
    public async Task A_damaged_page_is_one_line_for_the_operator_and_the_rest_goes_on()
    {
        await DamageAsync();
        await using var site = await StartAsync();
        Assert.Equal((HttpStatusCode.OK, "ok", "reachable"), await HealthAsync(site));

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<StoreDamagedException>(async () => await site.Store.ScanAsync(ReportStore.Table, KeyRange.All).CountAsync());
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "damaged", "damaged"), await HealthAsync(site));
        }

        var line = Assert.Single(Problems);
        Assert.Contains(File, line, StringComparison.Ordinal);
        Assert.Contains("backup", line, StringComparison.Ordinal);
        await site.GetAsync("/charts");
    }

    [Fact]
    public async Task A_damaged_page_that_nobody_reads_is_found_at_night()
    {
        await DamageAsync();
        await using var site = await StartAsync();

        await site.Service<StoreCheck>().RunIfDueAsync(CancellationToken.None);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "damaged", "damaged"), await HealthAsync(site));
        Assert.Contains(File, Assert.Single(Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_in_order_are_looked_through_once_a_night()
    {
        await using var site = await StartAsync();
        Assert.DoesNotContain("storageCheckedAt", await site.GetAsync("/health"), StringComparison.Ordinal);

        // When it started, then through the night. A run waits for an hour that is about to close.
        var start = TestSite.Noon + Window.Grace;
        var midnight = start.AddHours(12);
        await RunAsync(start, start);
        await RunAsync(start.AddHours(1), start);
        await RunAsync(midnight, start);
        await RunAsync(midnight.AddHours(3), midnight.AddHours(3));
        await RunAsync(midnight.AddHours(4), midnight.AddHours(3));

        // A clock that was ahead does not keep the file from being looked at.
        await RunAsync(midnight.AddYears(1), midnight.AddYears(1));
        await RunAsync(midnight.AddHours(5), midnight.AddHours(5));

        async Task RunAsync(DateTimeOffset now, DateTimeOffset checkedAt)
        {
            site.Clock.SetUtcNow(now);
            await site.Service<ScheduledSummaries>().RunDueAsync(CancellationToken.None);
            using var health = JsonDocument.Parse(await site.GetAsync("/health"));
            Assert.Equal(checkedAt, health.RootElement.GetProperty("storageCheckedAt").GetDateTimeOffset());
        }
    }

    [Fact]
    public async Task A_purge_that_can_not_be_done_keeps_no_day_from_being_done_and_is_made_up_for()
    {
        await using var site = await StartAsync(store => new Unpurgeable(store));
        var store = (Unpurgeable)site.Store;
        await PostAsync(site, 1);
        site.Clock.SetUtcNow(TestSite.Noon.AddHours(12) + Window.Grace);
        store.IsFull = true;

        var result = await site.SummarizeAsync();

        Assert.Single(result.Windows);
        Assert.Contains("disk is full", Assert.Single(Problems), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "ok", "reachable"), await HealthAsync(site));
        Assert.Equal(0, store.Purges);

        store.IsFull = false;
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.SummarizeAsync();
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.SummarizeAsync();
        Assert.Equal(1, store.Purges);
    }

    private Task<TestSite> StartAsync(Func<ITableStore, ITableStore>? wrap = null) =>
        TestSite.StartAsync(_directory, environment: "Production", wrap: wrap, configure: builder => builder.Logging.AddProvider(new FakeLoggerProvider(_log)));

    private static Task<HttpResponseMessage> PostAsync(TestSite site, int system) =>
        site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(system)}}"}""");

    private static async Task<(HttpStatusCode Code, string Status, string Storage)> HealthAsync(TestSite site)
    {
        var answer = await site.Client.GetAsync("/health");
        using var health = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        return (answer.StatusCode, health.RootElement.GetProperty("status").GetString()!, health.RootElement.GetProperty("storage").GetString()!);
    }

    /// <summary>Leaves a file with reports, some of which can't be read.</summary>
    private async Task DamageAsync()
    {
        await using (var engine = await TestEngine.OpenAsync(_directory, new ManualClock(TestSite.Noon)))
        {
            var day = Window.Day(TestSite.Noon).Start.ToString("yyyyMMdd", null);
            foreach (var batch in Enumerable.Range(0, 2000).Chunk(StorageLimits.MaxBatchRows))
                await engine.Store.UpsertAsync(ReportStore.Table, [.. batch.Select(i => new Row(day, $"{i:d6}{new string('x', 200)}"))]);
        }

        await using var file = new FileStream(File, FileMode.Open);
        file.Position = file.Length / 4096 * 3 / 4 * 4096;
        await file.WriteAsync(new byte[8 * 4096].Select(_ => (byte)0xAA).ToArray());
    }

    private sealed class Counting(ITableStore inner) : StoreWrapper(inner)
    {
        private int _writes;

        public int Writes => _writes;

        public override Task UpsertAsync(TableSchema table, IReadOnlyList<Row> rows, DateTimeOffset? notAfter = null, CancellationToken cancellation = default)
        {
            Interlocked.Increment(ref _writes);
            return base.UpsertAsync(table, rows, notAfter, cancellation);
        }
    }

    private sealed class Unpurgeable(ITableStore inner) : StoreWrapper(inner)
    {
        public bool IsFull { get; set; }

        public int Purges { get; private set; }

        public override Task PurgeAsync(CancellationToken cancellation = default)
        {
            if (IsFull)
                throw new StoreUnavailableException("database or disk is full");
            Purges++;
            return base.PurgeAsync(cancellation);
        }
    }
}
