using Microsoft.Playwright;
using Xunit.Abstractions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>What a visit costs, over the wire, as Chromium counts it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BudgetTests(Sites sites, ITestOutputHelper output)
{
    private const int MostBytes = 150_000;
    private const int MostRequests = 8;

    [ChromiumFact]
    public async Task A_first_visit_stays_within_its_bytes_and_requests()
    {
        await using var visit = await sites.VisitAsync();
        var wire = await Wire.ListenAsync(visit.Page);
        await visit.OpenAsync(sites.Demo);
        await ReadThroughAsync(visit.Page);

        await ReportAsync("first visit", visit.Page, wire);
        Assert.InRange(wire.Bytes, 1, MostBytes);
        Assert.InRange(wire.Count, 1, MostRequests);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_repeat_visit_transfers_no_data_again()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo);
        await ReadThroughAsync(visit.Page);
        var wire = await Wire.ListenAsync(visit.Page);
        await visit.OpenAsync(sites.Demo);
        await ReadThroughAsync(visit.Page);

        await ReportAsync("repeat visit", visit.Page, wire);
        // Health is the one answer that has to be new.
        Assert.Equal(["/health"], wire.WithBody);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task The_page_paints_before_any_data_is_there()
    {
        await using var visit = await sites.VisitAsync();
        var data = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/charts/overview", async route =>
        {
            await data.Task;
            await route.ContinueAsync();
        });
        await visit.Page.GotoAsync(sites.Demo.At("/").AbsoluteUri, new() { WaitUntil = WaitUntilState.Commit });
        await visit.Page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0");

        await Assertions.Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToHaveAttributeAsync("aria-busy", "true");
        data.SetResult();
        await visit.Page.Locator("main:not([aria-busy])").WaitForAsync();
        visit.AssertQuiet();
    }

    /// <summary>Writes what docs/performance.md records; no test depends on a duration.</summary>
    private async Task ReportAsync(string name, IPage page, Wire wire)
    {
        var paint = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        var charts = await page.EvaluateAsync<double>("() => performance.getEntriesByName('charts')[0].startTime");
        output.WriteLine($"{name}: {wire.Bytes} B, {wire.Count} requests, first paint {paint:F0} ms, charts {charts:F0} ms");
    }

    /// <summary>Scrolls over the whole page, so that all that is loaded late is loaded.</summary>
    private static async Task ReadThroughAsync(IPage page)
    {
        foreach (var card in await page.Locator("article.card").AllAsync())
            await card.ScrollIntoViewIfNeededAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }
}
