using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Storage;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Reports;

/// <summary>What senders of reports are told while the store is away.</summary>
public sealed class StoreAwayTests
{
    [Fact]
    public async Task A_report_that_the_store_keeps_waiting_is_answered_503_after_ten_seconds()
    {
        using var directory = new TemporaryDirectory();
        var clock = new ManualClock(TestSite.Noon);
        var silent = new TaskCompletionSource();
        await using var site = await TestSite.StartAsync(directory, clock, wrap: store => new SilentStore(store, silent));

        var post = PostAsync(site, 1);
        await silent.Task;
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(post.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        await AssertUnavailableAsync(await post);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_unhealthy_after_five_seconds()
    {
        using var directory = new TemporaryDirectory();
        var clock = new ManualClock(TestSite.Noon);
        var silent = new TaskCompletionSource();
        await using var site = await TestSite.StartAsync(directory, clock, wrap: store => new SilentStore(store, silent));

        var health = site.Client.GetAsync("/health");
        await silent.Task;
        clock.Advance(TimeSpan.FromSeconds(5));

        var response = await health;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("\"unreachable\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Posts_during_a_restart_of_the_store_are_answered_503_and_no_acknowledged_report_is_lost()
    {
        using var location = new TemporaryDirectory();
        await using var azurite = new Azurite { Location = location };
        await azurite.StartAsync();
        using var tables = new AzuriteStores(azurite).New();
        await using var site = await TestSite.StartAsync(tables);

        using var stop = new CancellationTokenSource();
        var sent = 0;
        var accepted = new HashSet<string>();
        var refused = new List<HttpResponseMessage>();
        var senders = Enumerable.Range(0, 8).Select(_ => Task.Run(SendAsync)).ToList();
        await UntilAsync(() => accepted.Count >= 100);
        await azurite.ShutDownAsync();
        await UntilAsync(() => refused.Count >= senders.Count);
        await azurite.StartAsync();
        var before = accepted.Count;
        await UntilAsync(() => accepted.Count >= before + 100);
        await stop.CancelAsync();
        await Task.WhenAll(senders);

        foreach (var response in refused)
            await AssertUnavailableAsync(response);
        var stored = await site.Store.ScanAsync(ReportStore.Table, KeyRange.All, []).Select(row => row.Key).ToHashSetAsync();
        Assert.Superset(accepted, stored);
        site.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(stored.Count, (await site.SummarizeAsync()).Rows);

        async Task SendAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                var system = Interlocked.Increment(ref sent);
                var response = await PostAsync(site, system);
                lock (accepted)
                {
                    if (response.StatusCode == HttpStatusCode.OK)
                        accepted.Add(ReportBuilder.Id(system));
                    else
                        refused.Add(response);
                }
            }
        }

        async Task UntilAsync(Func<bool> condition)
        {
            for (var tries = 0; tries < 1200; tries++)
            {
                lock (accepted)
                {
                    if (condition())
                        return;
                }

                await Task.Delay(50);
            }

            Assert.Fail($"{accepted.Count} accepted, {refused.Count} refused, and no more.");
        }
    }

    private static Task<HttpResponseMessage> PostAsync(TestSite site, int system) =>
        site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(system)}}"}""");

    private static async Task AssertUnavailableAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(503, problem.GetProperty("status").GetInt32());
        Assert.Contains("again later", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
