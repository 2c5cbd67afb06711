using System.Net;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Health;

/// <summary>Anyone may ask for /health, as often as they like.</summary>
public sealed class HealthCostTests
{
    [Fact]
    public async Task Before_the_first_day_is_summarized_reports_are_looked_for_once_a_minute()
    {
        using var directory = new TemporaryDirectory();
        var clock = new ManualClock(TestSite.Noon);
        CountingStore? store = null;
        await using var site = await TestSite.StartAsync(directory, clock, environment: "Production", wrap: inner => store = new CountingStore(inner));

        await AskAsync(site, 20, "ok");
        Assert.Equal(1, store!.Scans);

        Assert.True((await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""")).IsSuccessStatusCode);
        clock.Advance(TimeSpan.FromDays(1));
        await AskAsync(site, 20, "late");
        Assert.Equal(2, store.Scans);

        await site.SummarizeAsync();
        var scans = store.Scans;
        clock.Advance(TimeSpan.FromMinutes(2));
        await AskAsync(site, 20, "ok");
        Assert.Equal(scans, store.Scans);
    }

    private static async Task AskAsync(TestSite site, int times, string expected)
    {
        foreach (var response in await Task.WhenAll(Enumerable.Range(0, times).Select(_ => site.Client.GetAsync("/health"))))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains($"\"status\":\"{expected}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private sealed class CountingStore(ITableStore inner) : StoreWrapper(inner)
    {
        private int _scans;

        /// <summary>Scans of the reports.</summary>
        public int Scans => Volatile.Read(ref _scans);

        public override IAsyncEnumerable<Row> ScanAsync(
            TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null, CancellationToken cancellation = default)
        {
            if (table == ReportStore.Table)
                Interlocked.Increment(ref _scans);
            return base.ScanAsync(table, range, columns, cancellation);
        }
    }
}
