using Microsoft.Playwright;
using TelemetryFunctions.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The dashboard, as maintainers see it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OperationsTests(Sites sites, OperationsSite operations) : IClassFixture<OperationsSite>
{
    [ChromiumFact]
    public async Task The_form_opens_the_dashboard_and_leaving_closes_it()
    {
        await using var visit = await VisitAsync();
        var page = visit.Page;
        await page.GotoAsync(At("/operations"));
        await Expect(page.Locator("canvas")).ToHaveCountAsync(0);
        await page.GetByLabel("Key").FillAsync(OperationsSite.Key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
        await LoadedAsync(page);

        Assert.All(visit.Requests, request => Assert.DoesNotContain("key", request.Url, StringComparison.Ordinal));
        Assert.Empty(await page.EvaluateAsync<string>("() => document.cookie"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Expect(page.GetByLabel("Key")).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task A_wrong_key_is_told_and_the_form_is_there_again()
    {
        await using var visit = await VisitAsync();
        var page = visit.Page;
        await page.GotoAsync(At("/operations"));
        await page.GetByLabel("Key").FillAsync("nonsense");
        var click = page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
        while (!click.IsCompleted)
        {
            operations.Full.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }

        await click;
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is not the key.");
        await Expect(page.GetByLabel("Key")).ToHaveValueAsync("");
    }

    [ChromiumFact]
    public async Task A_link_with_the_key_opens_it_also_from_another_site_and_the_key_leaves_the_address()
    {
        await using var visit = await VisitAsync();
        var page = visit.Page;
        var code = Uri.EscapeDataString(OperationsSite.Key);

        // To a browser, the name and the number of this machine are two sites.
        await page.GotoAsync(At("/health").Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        await page.EvaluateAsync($"() => {{ location.href = '{At($"/operations?range=7d&code={code}")}'; }}");
        await page.WaitForURLAsync(At("/operations?range=7d"));
        await LoadedAsync(page);

        await page.GotoAsync(At("/health").Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        await page.EvaluateAsync($"() => {{ location.href = '{At("/operations")}'; }}");
        await LoadedAsync(page);
    }

    [ChromiumFact]
    public async Task Every_kind_of_event_is_drawn_and_can_be_read()
    {
        await using var visit = await EnterAsync("?range=7d");
        var page = visit.Page;

        await Expect(page.Locator("article.card")).ToHaveCountAsync(17);
        await Expect(page.Locator("article.card.empty, article.card.failed")).ToHaveCountAsync(0);
        var blank = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('article.card')].filter(card => {
              const canvas = card.querySelector('canvas');
              return !canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0);
            }).map(card => card.id)
            """);
        Assert.Empty(blank);

        var latency = page.Locator("#latency");
        await latency.GetByRole(AriaRole.Button, new() { Name = "p99" }).ClickAsync();
        await latency.Locator("summary").ClickAsync();
        await Expect(latency.Locator("table").First).ToContainTextAsync("UTC");
        await latency.Locator(".plot").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(latency.Locator(".plot [aria-live]")).ToContainTextAsync(":00 UTC");
        await latency.Locator(".legend").GetByText("GET /tasks", new() { Exact = true }).ClickAsync();
        await Expect(latency.Locator(".legend button[aria-pressed=true]")).ToHaveCountAsync(1);
        await Expect(page.Locator("#requests .legend")).ToContainTextAsync("<script>alert(1)</script>");

        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#tasks").GetByText("CSV").ClickAsync());
        Assert.StartsWith("time,completed,created", await File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task The_range_is_chosen_and_stays_in_the_address()
    {
        await using var visit = await EnterAsync("");
        var page = visit.Page;
        await Expect(page.Locator("#requests .summary")).ToContainTextAsync("requests");
        await ExpectRowsAsync("#requests", 9);

        await page.GetByText("24 hours").ClickAsync();
        await page.WaitForURLAsync(At("/operations?range=1d"));
        await LoadedAsync(page);
        await Expect(page.Locator("#requests tbody").First).ToContainTextAsync("UTC");

        await page.GetByText("Dates", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("From").FillAsync("2026-11-20");
        await page.WaitForURLAsync(At("/operations?from=2026-11-20&to=2026-11-26"));
        await page.ReloadAsync();
        await LoadedAsync(page);
        await Expect(page.Locator("#tasks .summary")).ToContainTextAsync("Created");
        visit.AssertQuiet();

        async Task ExpectRowsAsync(string card, int rows)
        {
            await page.Locator($"{card} summary").ClickAsync();
            await Expect(page.Locator($"{card} tbody tr")).ToHaveCountAsync(rows);
        }
    }

    [ChromiumFact]
    public async Task A_cookie_that_ended_meanwhile_leads_back_to_the_form()
    {
        await using var visit = await EnterAsync("");
        var page = visit.Page;
        await page.Context.ClearCookiesAsync();
        await page.GetByText("90 days").ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Show the form" }).ClickAsync();
        await Expect(page.GetByLabel("Key")).ToBeVisibleAsync();
    }

    [ChromiumTheory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(500, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task An_audit_finds_no_violation_and_the_page_is_as_wide_as_the_screen(int width, ColorScheme scheme)
    {
        await using var visit = await sites.VisitAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        await EnterAsync(visit, operations.Full, "?range=7d");
        Assert.Empty(await visit.Page.AuditAsync());
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));

        await visit.Page.Context.ClearCookiesAsync();
        await visit.Page.GotoAsync(At("/operations"));
        Assert.Empty(await visit.Page.AuditAsync());
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));

        await visit.Page.GotoAsync(new Uri(operations.Empty.Client.BaseAddress!, $"/operations?code={Uri.EscapeDataString(OperationsSite.Key)}").AbsoluteUri);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "No events yet" })).ToBeVisibleAsync();
        Assert.Empty(await visit.Page.AuditAsync());
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    private string At(string path) => new Uri(operations.Full.Client.BaseAddress!, path).AbsoluteUri;

    // In a window of its own, which has no cookie yet.
    private async Task<Visit> VisitAsync()
    {
        var visit = await sites.VisitAsync(new() { ViewportSize = Sites.Desk });
        await visit.Page.Clock.SetFixedTimeAsync(operations.Full.Clock.GetUtcNow().UtcDateTime);
        return visit;
    }

    private async Task<Visit> EnterAsync(string query)
    {
        var visit = await sites.VisitAsync(new() { ViewportSize = Sites.Desk });
        await EnterAsync(visit, operations.Full, query);
        return visit;
    }

    private static async Task EnterAsync(Visit visit, TestSite site, string query)
    {
        await visit.Page.Clock.SetFixedTimeAsync(site.Clock.GetUtcNow().UtcDateTime);
        await visit.Page.GotoAsync(new Uri(site.Client.BaseAddress!, $"/operations{query}{(query.Length == 0 ? "?" : "&")}code={Uri.EscapeDataString(OperationsSite.Key)}").AbsoluteUri);
        await LoadedAsync(visit.Page);
    }

    private static async Task LoadedAsync(IPage page)
    {
        await page.Locator("main:not([aria-busy])").WaitForAsync();
        await Expect(page.Locator("article.card[aria-busy]")).ToHaveCountAsync(0);
        await Expect(page.Locator("article.card").First).ToBeVisibleAsync();
    }
}
