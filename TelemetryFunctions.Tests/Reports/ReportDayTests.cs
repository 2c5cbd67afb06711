using System.Net;
using System.Text;
using TelemetryFunctions.Client.Reports;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>Reports that are passed on later than they were made count on their day, where that can be believed and is not closed.</summary>
public sealed class ReportDayTests : IAsyncLifetime
{
    private const string RelayKey = "a-key-for-relays-of-this-test";
    private const string Yesterday = "2026-11-18";
    private const string Today = "2026-11-19";

    private static readonly DateTimeOffset Midnight = new(2026, 11, 19, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private readonly SystemState _system = SystemState.Create(TestSite.Noon);
    private TestSite _site = null!;

    public async Task InitializeAsync() => _site = await TestSite.StartAsync(
        _directory, new ManualClock(Midnight), environment: "Production", settings: [$"--Telemetry:RelayKey={RelayKey}", "--Telemetry:MinimumAgeDays=0"]);

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(0, Yesterday, Yesterday)]
    [InlineData(29.9, Yesterday, Yesterday)]
    [InlineData(30, Yesterday, Today)]
    [InlineData(3_600, Yesterday, Today)]
    [InlineData(0, Today, Today)]
    [InlineData(0, "2026-11-17", Today)]
    [InlineData(0, "2026-11-20", Today)]
    [InlineData(0, "2020-02-29", Today)]
    [InlineData(0, "0001-01-01", Today)]
    [InlineData(0, "9999-12-31", Today)]
    public async Task It_counts_on_its_day_until_that_is_closed(double secondsAfterMidnight, string day, string counted)
    {
        _site.Clock.Advance(TimeSpan.FromSeconds(secondsAfterMidnight));

        Assert.Equal($$"""{"status":"accepted","day":"{{counted}}"}""", await ReportAsync(_system.SystemId, day, _system.Key));
        Assert.Equal(counted.Replace("-", "", StringComparison.Ordinal), Assert.Single(await DaysAsync()));
    }

    [Theory]
    [InlineData(RelayKey, Yesterday)]
    [InlineData("a-key-for-relays-of-another-test", Today)]
    [InlineData("", Today)]
    [InlineData(null, Today)]
    public async Task Of_an_id_that_does_not_prove_itself_it_is_believed_with_the_relay_key(string? key, string counted) =>
        Assert.Equal($$"""{"status":"accepted","day":"{{counted}}"}""", await ReportAsync(Guid.NewGuid(), Yesterday, relayKey: key));

    [Fact]
    public async Task Without_a_relay_key_of_the_site_none_is_right()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, new ManualClock(Midnight));

        using var answer = await site.Client.SendAsync(Message(Guid.NewGuid(), Yesterday, relayKey: ""));
        Assert.Contains(Today, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("18.11.2026")]
    [InlineData("2026-11-31")]
    [InlineData("2026-11-18T00:00:00Z")]
    public async Task What_is_no_day_is_refused_with_what_to_mend(string day)
    {
        using var response = await _site.Client.SendAsync(Message(_system.SystemId, day, _system.Key));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("it must be the UTC day of the report, such as 2026-11-20", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await DaysAsync());
    }

    [Fact]
    public async Task A_system_is_first_and_last_seen_on_the_day_of_its_report()
    {
        await ReportAsync(_system.SystemId, Yesterday, _system.Key);
        _site.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await _site.SummarizeAsync()).Rows);

        var seen = Assert.Single(await _site.Store.ScanAsync(SystemRegistry.Table, KeyRange.All).ToListAsync());
        Assert.All(seen.Cells, cell => Assert.Equal(Midnight.AddDays(-1), cell.Time));
    }

    private async Task<string> ReportAsync(Guid system, string day, string? systemKey = null, string? relayKey = null)
    {
        using var response = await _site.Client.SendAsync(Message(system, day, systemKey, relayKey));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static HttpRequestMessage Message(Guid system, string day, string? systemKey = null, string? relayKey = null)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent($$"""{"system_id":"{{system}}"}""", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in new[] { ("X-Report-Day", day), ("X-System-Key", systemKey), ("X-Relay-Key", relayKey) })
        {
            if (value is not null)
                message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private Task<List<string>> DaysAsync() => _site.Store.ScanAsync(ReportStore.Table, KeyRange.All, []).Select(row => row.Partition[..8]).ToListAsync().AsTask();
}
