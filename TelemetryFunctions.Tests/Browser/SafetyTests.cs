using System.Net;
using Microsoft.Playwright;
using TelemetryFunctions.Charts.Page;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class SafetyTests(Sites sites)
{
    [ChromiumFact]
    public async Task The_policy_is_sent_and_stops_inline_script()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);
        var answer = await sites.Demo.Client.GetAsync("/");
        visit.AssertQuiet();

        Assert.Equal(new PageOptions().Policy(ChartPageHtml.ContentSecurityPolicy), answer.Headers.GetValues("Content-Security-Policy").Single());
        await page.EvaluateAsync("""
            () => {
              const script = document.createElement('script');
              script.textContent = 'window.ran = true';
              document.body.append(script);
            }
            """);
        Assert.False(await page.EvaluateAsync<bool>("() => window.ran === true"));
    }

    [ChromiumFact]
    public async Task Labels_from_reports_are_shown_as_text()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Young);
        var titles = await page.Locator("article h3 bdi").AllTextContentsAsync();

        Assert.Contains(HostileLabels.Script, titles);
        Assert.Contains(HostileLabels.Image, titles);
        Assert.Contains(HostileLabels.Bidi, titles);
        Assert.Contains(titles, title => title.StartsWith('a') && title.EndsWith('b') && title.Length <= 3);
        var card = await visit.CardAsync("components/core");
        Assert.Contains(HostileLabels.Version, await card.Locator(".legend bdi").AllTextContentsAsync());
        await card.GetByText("Table").ClickAsync();
        await Expect(card.Locator("thead bdi").GetByText(HostileLabels.Version, new() { Exact = true })).ToBeVisibleAsync();
        await card.Locator(".legend button").First.ClickAsync();
        await card.Locator(".plot").HoverAsync();

        await Expect(page.Locator("main script, main img, main b, main i")).ToHaveCountAsync(0);
        await Expect(page).ToHaveTitleAsync("Telemetry");
        // Each label is isolated, so that its direction ends with it.
        Assert.Equal(titles.Count, await page.Locator("article h3 bdi[dir=auto]").CountAsync());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_chart_with_a_hostile_name_can_be_linked_opened_and_downloaded()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Young);
        foreach (var name in (string[])[HostileLabels.Script, HostileLabels.Image, HostileLabels.Bidi, HostileLabels.Path])
        {
            var card = page.Locator("article").Filter(new() { Has = page.Locator("h3").GetByText(name, new() { Exact = true }) });
            await card.GetByRole(AriaRole.Button, new() { Name = "Patch versions", Exact = true }).ClickAsync();
            await Expect(card).Not.ToHaveAttributeAsync("aria-busy", "true");
            await Expect(card.Locator(".summary")).Not.ToContainTextAsync("could not be loaded");
            var csv = await card.Locator(".files a").First.GetAttributeAsync("href");
            Assert.Equal(HttpStatusCode.OK, (await sites.Young.Client.GetAsync(csv)).StatusCode);
        }

        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task No_cookie_is_set_and_only_a_chosen_theme_is_kept()
    {
        await using var visit = await sites.VisitAsync(new() { ViewportSize = Sites.Desk });
        var page = await visit.OpenAsync(sites.Demo);

        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        Assert.Equal("theme", await page.EvaluateAsync<string>("() => Object.keys(localStorage).join()"));
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Without_scripts_the_numbers_and_the_full_data_are_there()
    {
        await using var visit = await sites.VisitAsync(new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 1000, Height = 800 } });
        await visit.Page.GotoAsync(sites.Demo.At("/").AbsoluteUri);
        var table = visit.Page.Locator("noscript table, main table").First;

        await Expect(table).ToBeVisibleAsync();
        Assert.Equal(30, await table.Locator("tbody tr").CountAsync());
        Assert.Contains("format=csv", await visit.Page.Locator("main a[href*='format=csv']").First.GetAttributeAsync("href"), StringComparison.Ordinal);
        Assert.DoesNotContain("Loading", await visit.Page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        visit.AssertQuiet();
    }
}
