using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>Empty, young, old and troubled sites.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StateTests(Sites sites)
{
    private const long Day = 86_400_000;

    [ChromiumFact]
    public async Task An_empty_site_shows_a_command_that_works_and_what_will_appear()
    {
        await using var site = await Site.StartAsync("Development");
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(site);

        await Expect(page.Locator(".notice h2")).ToHaveTextAsync("No data yet");
        await Expect(page.Locator(".coming li")).Not.ToHaveCountAsync(0);
        foreach (var command in await page.Locator("pre").AllTextContentsAsync())
            await Shell.RunAsync(command);
        await visit.OpenAsync(site);
        var card = await visit.CardAsync("active-systems");
        await Expect(card.Locator(".summary")).ToContainTextAsync("1 system today so far");
        visit.AssertQuiet();
    }

    [ChromiumTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3650)]
    public async Task Any_number_of_days_is_drawn(int days)
    {
        await using var visit = await sites.VisitAsync();
        await visit.Page.RouteAsync("**/charts/overview", route => route.FulfillAsync(new() { ContentType = "application/json", Body = Overview(days) }));
        await visit.OpenAsync(sites.Demo, "/?range=all&table:active-systems=1");
        var card = await visit.CardAsync("active-systems");

        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(days);
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

        await Expect(page.Locator(".tile.late")).ToContainTextAsync("2 Jan 2026");
        await Expect(page.Locator(".tile.late")).ToContainTextAsync("Late");
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
        await card.GetByRole(AriaRole.Button, new() { Name = "x.y.z", Exact = true }).ClickAsync();
        await Expect(card.Locator(".summary")).ToContainTextAsync("could not be loaded");
        await visit.Page.UnrouteAllAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(card.Locator(".legend bdi").First).ToContainTextAsync(".");
        await Expect((await visit.CardAsync("workers")).Locator(".legend")).ToBeVisibleAsync();
    }

    private static string Overview(int days)
    {
        var first = DateTimeOffset.UtcNow.Date.AddDays(-days).Subtract(DateTime.UnixEpoch).TotalMilliseconds;
        object Metric(string id, string shape, params string[] labels) => new
        {
            id,
            title = id,
            group = "All",
            unit = "systems",
            kind = id == "active-systems" ? "count" : "versions",
            question = "",
            href = $"/charts/{id}",
            catalogue = "/catalogue",
            breakdowns = Array.Empty<string>(),
            by = (string?)null,
            shape,
            outOf = "systems",
            series = labels.Select((label, i) => new { label, values = Enumerable.Range(0, days).Select(day => (day * (i + 3) % 97) + 5) }),
        };
        return JsonSerializer.Serialize(new
        {
            through = $"{DateTimeOffset.UtcNow.AddDays(-1):yyyy-MM-dd}",
            provisional = false,
            times = Enumerable.Range(0, days).Select(day => first + day * Day),
            metrics = new[] { Metric("active-systems", "line", ""), Metric("components/core", "share", "3.1", "3.2", "3.10") },
        });
    }
}
