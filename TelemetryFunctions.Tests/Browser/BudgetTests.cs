using Microsoft.Playwright;
using Xunit.Abstractions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>What a visit costs, over the wire, as Chromium counts it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BudgetTests(Sites sites, ITestOutputHelper output)
{
    private const int MostBytes = 150_000;
    private const int MostRequests = 8;
    private const int MostNodes = 12_000;

    private const string LongTasks =
        "window.longestTask = 0; new PerformanceObserver(list => { for (const { duration } of list.getEntries()) window.longestTask = Math.max(window.longestTask, duration); }).observe({ type: 'longtask', buffered: true });";

    [ChromiumTheory]
    [InlineData(2, "/")]
    [InlineData(2, "/?range=all")]
    [InlineData(10, "/")]
    [InlineData(10, "/?range=all")]
    public async Task A_first_visit_stays_within_its_bytes_and_requests(int years, string path)
    {
        await using var visit = await sites.VisitAsync(new() { ViewportSize = Sites.Desk });
        var wire = await Wire.ListenAsync(visit.Page);
        await visit.Page.AddInitScriptAsync(LongTasks);
        await visit.OpenAsync(years == 2 ? sites.Demo : sites.Old, path);
        await ReadThroughAsync(visit.Page);

        await ReportAsync($"first visit, {years} years, {path}", visit.Page, wire);
        Assert.InRange(wire.Bytes, 1, MostBytes);
        Assert.InRange(wire.Count, 1, MostRequests);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task No_choice_puts_more_into_the_page_than_one_can_read()
    {
        await using var visit = await sites.VisitAsync();
        await visit.Page.AddInitScriptAsync(LongTasks);
        var page = await visit.OpenAsync(sites.Old, "/?range=all");
        var card = await visit.CardAsync("components/core");
        output.WriteLine($"ten years: longest task {await LongestTaskAsync(page):F0} ms");
        foreach (var choice in (string[])["Show more", "Patch versions", "Table", "Lines", "Last day", "Over time", "Show fewer"])
        {
            var button = choice == "Table" ? card.Locator("summary") : card.GetByText(choice, new() { Exact = true }).Or(card.GetByTitle(choice, new() { Exact = true }));
            await button.First.ClickAsync();
            await visit.CardAsync("components/core");
            output.WriteLine($"{choice}: longest task so far {await LongestTaskAsync(page):F0} ms");
            Assert.InRange(await page.EvaluateAsync<int>("() => document.querySelectorAll('*').length"), 100, MostNodes);
        }

        foreach (var range in (string[])["30 days", "1 year", "All"])
        {
            await page.Locator(".toolbar").GetByText(range, new() { Exact = true }).ClickAsync();
            await visit.CardAsync("components/core");
            output.WriteLine($"{range}: longest task so far {await LongestTaskAsync(page):F0} ms");
        }

        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_repeat_visit_transfers_no_data_again()
    {
        await using var visit = await sites.VisitAsync(new() { ViewportSize = Sites.Desk });
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
        await using var visit = await sites.VisitAsync(new() { ViewportSize = Sites.Desk });
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
        output.WriteLine($"{name}: {wire.Bytes} B, {wire.Count} requests, first paint {paint:F0} ms, charts {charts:F0} ms, longest task {await LongestTaskAsync(page):F0} ms");
    }

    private static Task<double> LongestTaskAsync(IPage page) => page.EvaluateAsync<double>("() => window.longestTask ?? 0");

    /// <summary>Scrolls over the whole page, so that all that is loaded late is loaded.</summary>
    private static async Task ReadThroughAsync(IPage page)
    {
        foreach (var card in await page.Locator("article.card").AllAsync())
            await card.ScrollIntoViewIfNeededAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }
}
