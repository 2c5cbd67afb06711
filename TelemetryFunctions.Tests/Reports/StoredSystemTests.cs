using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>What an id's holder sees of what is stored, on the adapter of the derived class.</summary>
public abstract class StoredSystemTests(TestStores stores)
{
    [StoreFact]
    public async Task Who_knows_the_id_sees_all_that_is_stored_under_it()
    {
        using var tables = stores.New();
        await using var site = await TestSite.StartAsync(tables, environment: "Production");
        for (var day = 0; day < 4; day++)
        {
            // Of the third day there is none, and of each day two.
            if (day != 2)
            {
                await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""");
                await site.PostJsonAsync($$"""{ "system_id" : "{{ReportBuilder.Id(1)}}", "extra": [1.50, "ü"] }""");
            }

            await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(2)}}"}""");
            site.Clock.Advance(TimeSpan.FromDays(1));
            await site.SummarizeAsync();
        }

        await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","extra":"today"}""");

        using var stored = await StoredAsync(site, 1);
        var system = stored.RootElement;
        Assert.Equal(("2026-11-18", "2026-11-21"), (system.GetProperty("firstSeen").GetString(), system.GetProperty("lastSeen").GetString()));
        Assert.Equal(["2026-11-18", "2026-11-19", "2026-11-21", "2026-11-22"], system.GetProperty("days").EnumerateArray().Select(day => day.GetString()));
        var report = system.GetProperty("lastReport");
        Assert.Equal("2026-11-22T12:00:00+00:00", report.GetProperty("receivedAt").GetString());
        Assert.Equal("json", report.GetProperty("format").GetString());
        Assert.Equal($$"""{"system_id":"{{ReportBuilder.Id(1)}}","extra":"today"}""", Encoding.UTF8.GetString(report.GetProperty("payload").GetBytesFromBase64()));
        Assert.Equal("today", report.GetProperty("report").GetProperty("extra").GetString());
        Assert.Equal(4, (await StoredAsync(site, 2)).RootElement.GetProperty("days").GetArrayLength());
    }

    [StoreFact]
    public async Task A_system_whose_first_day_is_not_over_has_a_report_and_no_days_of_its_own()
    {
        using var tables = stores.New();
        await using var site = await TestSite.StartAsync(tables, environment: "Production");
        var sent = new Report { SystemId = ReportBuilder.Id(1), Components = { new Component { Name = "core", Version = "3.21.4" } } }.ToByteArray();
        await site.Client.PostAsync("/", new ByteArrayContent(sent));

        using var stored = await StoredAsync(site, 1);

        Assert.Equal(JsonValueKind.Null, stored.RootElement.GetProperty("firstSeen").ValueKind);
        var report = stored.RootElement.GetProperty("lastReport");
        Assert.Equal("protobuf", report.GetProperty("format").GetString());
        Assert.Equal(sent, report.GetProperty("payload").GetBytesFromBase64());
        Assert.Equal("3.21.4", report.GetProperty("report").GetProperty("components")[0].GetProperty("version").GetString());
    }

    [StoreFact]
    public async Task What_is_forgotten_or_never_was_is_not_found_and_no_answer_is_kept()
    {
        using var tables = stores.New();
        await using var site = await TestSite.StartAsync(tables);
        await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""");
        using var before = await site.Client.GetAsync($"/systems/{Guid.Parse(ReportBuilder.Id(1)):D}");
        await site.Client.DeleteAsync($"/systems/{ReportBuilder.Id(1)}");
        using var after = await site.Client.GetAsync($"/systems/{ReportBuilder.Id(1)}");
        using var never = await site.Client.GetAsync($"/systems/{ReportBuilder.Id(2)}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (before.StatusCode, after.StatusCode, never.StatusCode));
        Assert.Equal(await after.Content.ReadAsStringAsync(), await never.Content.ReadAsStringAsync());
        foreach (var response in new[] { before, after, never })
        {
            Assert.True(response.Headers.CacheControl!.NoStore);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    /// <summary>How long an answer takes does not tell which ids there are: the store is asked the same, as often.</summary>
    [StoreFact]
    public async Task An_id_that_there_is_not_asks_as_much_of_the_store()
    {
        using var tables = stores.New();
        CountingStore? counting = null;
        await using var site = await TestSite.StartAsync(tables, wrap: store => counting = new CountingStore(store));
        for (var day = 0; day < 3; day++)
        {
            await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}"}""");
            site.Clock.Advance(TimeSpan.FromDays(1));
            await site.SummarizeAsync();
        }

        var known = await CallsAsync(1);
        Assert.True(known > 3);
        Assert.Equal(known, await CallsAsync(2));

        async Task<int> CallsAsync(int system)
        {
            var before = counting!.Calls;
            await site.Client.GetAsync($"/systems/{ReportBuilder.Id(system)}");
            return counting.Calls - before;
        }
    }

    /// <summary>As deep as reports may be.</summary>
    [StoreFact]
    public async Task The_deepest_report_is_shown_and_what_is_no_JSON_to_others_by_its_bytes()
    {
        using var tables = stores.New();
        await using var site = await TestSite.StartAsync(tables);
        foreach (var (system, extra) in new[] { (1, new string('[', 98) + new string(']', 98)), (2, "1e999") })
        {
            var sent = $$"""{"system_id":"{{ReportBuilder.Id(system)}}","extra":{{extra}}}""";
            using var accepted = await site.PostJsonAsync(sent);
            if (!accepted.IsSuccessStatusCode)
                continue;

            using var stored = await StoredAsync(site, system);
            Assert.Equal(sent, Encoding.UTF8.GetString(stored.RootElement.GetProperty("lastReport").GetProperty("payload").GetBytesFromBase64()));
        }
    }

    private static async Task<JsonDocument> StoredAsync(TestSite site, int system) =>
        JsonDocument.Parse(await site.GetAsync($"/systems/{ReportBuilder.Id(system)}"), new JsonDocumentOptions { MaxDepth = 300 });

    private sealed class CountingStore(ITableStore inner) : StoreWrapper(inner)
    {
        private int _calls;

        public int Calls => _calls;

        public override Task<Row?> FindAsync(
            TableSchema table, string partition, string key, CancellationToken cancellation = default)
        {
            Interlocked.Increment(ref _calls);
            return base.FindAsync(table, partition, key, cancellation);
        }

        public override IAsyncEnumerable<Row> ScanAsync(
            TableSchema table, KeyRange range, IReadOnlyList<Column>? columns = null, CancellationToken cancellation = default)
        {
            Interlocked.Increment(ref _calls);
            return base.ScanAsync(table, range, columns, cancellation);
        }
    }
}

public sealed class SqliteStoredSystemTests() : StoredSystemTests(new SqliteStores());

[RequiresAzurite]
[Collection(AzuriteCollection.Name)]
public sealed class AzureStoredSystemTests(Azurite azurite) : StoredSystemTests(new AzuriteStores(azurite));
