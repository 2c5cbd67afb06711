using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>Empty, young, old and troubled sites.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StateTests(Sites sites)
{
    [ChromiumFact]
    public async Task An_empty_site_shows_a_command_that_works_and_what_will_appear()
    {
        await using var site = await Site.StartAsync("Development");
        await using var visit = await sites.VisitAsync();

        // By chance an id would be one that is made of a key.
        await visit.Page.AddInitScriptAsync("crypto.getRandomValues = (bytes) => bytes.map((_, i) => 0x80 + i)");
        var page = await visit.OpenAsync(site);

        await Expect(page.Locator(".notice h2")).ToHaveTextAsync("No data yet");
        await Expect(page.Locator(".coming li")).Not.ToHaveCountAsync(0);
        foreach (var command in await page.Locator("pre").AllTextContentsAsync())
            await Shell.RunAsync(command);
        await visit.OpenAsync(site);
        var card = await visit.CardAsync("active-systems");
        await Expect(card.Locator(".summary")).ToHaveTextAsync("Today so far: 1 system (provisional).");
        await Expect(page.Locator(".fresh")).ToContainTextAsync("No day is over and summarized yet. Next run due");
        visit.AssertQuiet();
    }

    [ChromiumTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3650)]
    public async Task Any_number_of_days_is_drawn(int days)
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overview(days));
        await visit.OpenAsync(sites.Demo, "/?range=all&table:active-systems=1");
        var card = await visit.CardAsync("active-systems");

        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(Math.Min(days, 100));
        foreach (var id in (string[])["active-systems", "components/core"])
            Assert.True((await (await visit.CardAsync(id)).Locator("canvas").ColoursAsync()).Length > 1);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_late_run_is_said_plainly()
    {
        await using var visit = await sites.VisitAsync();
        await visit.Page.RouteAsync("**/health", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """{"status":"late","lastSummarizedDay":"2026-01-02","nextRun":"2026-01-04T00:00:00Z"}""",
        }));
        var page = await visit.OpenAsync(sites.Demo);

        await Expect(page.Locator(".fresh.late")).ToContainTextAsync("2 Jan 2026");
        await Expect(page.Locator(".fresh.late")).ToContainTextAsync("Late");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_page_without_its_data_says_so_and_can_try_again()
    {
        await using var visit = await sites.VisitAsync();
        await visit.Page.RouteAsync("**/charts/overview", route => route.FulfillAsync(new() { Status = 503 }));
        var page = await visit.OpenAsync(sites.Demo);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("503");
        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(page.Locator("article.card")).Not.ToHaveCountAsync(0);
    }

    [ChromiumFact]
    public async Task One_chart_that_fails_does_not_take_the_others_along()
    {
        await using var visit = await sites.VisitAsync();
        await visit.Page.RouteAsync("**/charts/components/core?*", route => route.AbortAsync());
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");
        await card.GetByRole(AriaRole.Button, new() { Name = "Patch versions", Exact = true }).ClickAsync();
        await Expect(card.Locator(".summary")).ToContainTextAsync("could not be loaded");
        await visit.Page.UnrouteAllAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(card.Locator(".legend bdi").First).ToContainTextAsync(".");
        await Expect((await visit.CardAsync("workers")).Locator(".legend")).ToBeVisibleAsync();
    }

    private static string Overview(int days)
    {
        IEnumerable<double?> Values(int number) => Enumerable.Range(0, days).Select(day => (double?)((day * (number + 3) % 97) + 5));
        return Overviews.Of(
            DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1), days, false, Overviews.Count(Values(0)),
            Overviews.Metric("components/core", "versions", "share", null, ("3.1", Values(0)), ("3.2", Values(1)), ("3.10", Values(2))));
    }
}
