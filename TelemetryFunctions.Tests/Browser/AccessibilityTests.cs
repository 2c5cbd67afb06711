using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Sites sites)
{
    private const int Wide = 1440;
    private const int Middle = 768;
    private const int Narrow = 320;

    [ChromiumTheory]
    [InlineData("demo", "/", ColorScheme.Light, Wide)]
    [InlineData("demo", "/?values=percent&table:users=1&only:components/core=other&mode:components/rpm=day", ColorScheme.Dark, Wide)]
    [InlineData("demo", "/?from=2001-01-01&to=2001-02-01", ColorScheme.Light, Narrow)]
    [InlineData("demo", "/?table:components/core=1", ColorScheme.Dark, Narrow)]
    [InlineData("demo", "/catalogue", ColorScheme.Light, 1440)]
    [InlineData("demo", "/catalogue", ColorScheme.Dark, 320)]
    [InlineData("demo", "/adoption/components/core", ColorScheme.Light, Wide)]
    [InlineData("demo", "/adoption/components/core?by=xyz", ColorScheme.Dark, Narrow)]
    [InlineData("demo", "/?mode:users=time&lines:components/core=1&compare=previous", ColorScheme.Light, Middle)]
    [InlineData("young", "/", ColorScheme.Light, Wide)]
    [InlineData("empty", "/", ColorScheme.Light, Narrow)]
    [InlineData("empty", "/", ColorScheme.Dark, Wide)]
    [InlineData("empty", "/catalogue", ColorScheme.Light, Wide)]
    public async Task An_audit_finds_no_violation(string name, string path, ColorScheme scheme, int width)
    {
        await using var visit = await sites.VisitAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var page = await visit.OpenAsync(SiteOf(name), path);

        Assert.Empty(await page.AuditAsync());
    }

    [ChromiumFact]
    public async Task An_audit_finds_what_is_wrong()
    {
        await using var visit = await sites.VisitAsync(new() { BypassCSP = true });
        var page = await visit.OpenAsync(sites.Empty);
        await page.EvaluateAsync("() => document.querySelector('main').append(document.createElement('button'))");

        Assert.Equal(["button-name: Buttons must have discernible text: <button></button>"], await page.AuditAsync());
    }

    [ChromiumFact]
    public async Task Everything_can_be_done_from_the_keyboard()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();

        var card = await visit.CardAsync("components/core");
        var first = card.Locator(".legend button").First;
        await TabToAsync(page, card.Locator(".plot"));
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(card.Locator(".readout")).ToBeVisibleAsync();
        await Expect(card.Locator("[aria-live]")).ToContainTextAsync("Total");
        await page.Keyboard.PressAsync("Escape");
        await Expect(card.Locator(".readout")).ToBeHiddenAsync();
        await TabToAsync(page, first);
        await page.Keyboard.PressAsync("Enter");
        await Expect(first).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(first).ToBeFocusedAsync();
        await TabToAsync(page, card.Locator(".numbers summary"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(card.Locator("table caption")).ToHaveCountAsync(1);
        await TabToAsync(page, card.Locator(".files button").First);
        await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Space"));
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_screen_reader_gets_a_title_a_sentence_and_a_table_of_every_chart()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);
        foreach (var card in await page.Locator("article.card").AllAsync())
        {
            var title = await card.Locator("h3").InnerTextAsync();
            await Expect(card).ToHaveAccessibleNameAsync(title);
            var description = await card.Locator(".plot").GetAttributeAsync("aria-label");
            Assert.StartsWith(title, description, StringComparison.Ordinal);
            Assert.Contains(await card.Locator(".summary").InnerTextAsync(), description, StringComparison.Ordinal);
            await Expect(card.Locator("details summary")).ToHaveTextAsync($"Table of {title}");
        }

        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Colours_follow_the_system_and_a_choice_outlives_the_visit()
    {
        await using var visit = await sites.VisitAsync(new() { ColorScheme = ColorScheme.Dark });
        var page = await visit.OpenAsync(sites.Demo);
        var dark = await BackgroundAsync(page);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        var light = await BackgroundAsync(page);
        Assert.NotEqual(dark, light);
        await Choice(page, "Dark").ClickAsync();
        Assert.Equal(dark, await BackgroundAsync(page));
        await page.ReloadAsync();
        Assert.Equal(dark, await BackgroundAsync(page));
        await Expect(Choice(page, "Dark")).ToHaveAttributeAsync("aria-pressed", "true");
        await Choice(page, "Like the system").ClickAsync();

        Assert.Equal(light, await BackgroundAsync(page));
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Charts_are_drawn_anew_in_the_dark()
    {
        await using var visit = await sites.VisitAsync(new() { ViewportSize = Sites.Desk });
        var page = await visit.OpenAsync(sites.Demo);
        var canvas = (await visit.CardAsync("components/core")).Locator("canvas");
        var light = await canvas.ColoursAsync();
        await Choice(page, "Dark").ClickAsync();
        await visit.CardAsync("components/core");

        Assert.NotEqual(light, await canvas.ColoursAsync());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Nothing_moves_for_those_who_asked_for_that()
    {
        await using var visit = await sites.VisitAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var page = await visit.OpenAsync(sites.Demo);
        var moving = await page.EvaluateAsync<string[]>("""
            () => [document.documentElement, ...document.querySelectorAll('*')]
              .filter((e) => { const s = getComputedStyle(e); return s.scrollBehavior === 'smooth' || s.transitionDuration !== '0s' || s.animationName !== 'none'; })
              .map((e) => e.tagName)
            """);

        Assert.Empty(moving);
        visit.AssertQuiet();
    }

    private Site SiteOf(string name) => name switch { "demo" => sites.Demo, "young" => sites.Young, _ => sites.Empty };

    private static ILocator Choice(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    /// <summary>Presses Tab until an element has the focus.</summary>
    private static async Task TabToAsync(IPage page, ILocator target)
    {
        for (var presses = 0; presses < 200; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail("Tab does not reach it.");
    }
}
