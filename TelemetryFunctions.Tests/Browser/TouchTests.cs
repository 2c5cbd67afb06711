using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>A phone: fingers, and little room.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TouchTests(Sites sites)
{
    /// <summary>Pixels of a target, by WCAG 2.2 (2.5.8).</summary>
    private const int LeastTarget = 24;

    private static BrowserNewContextOptions Phone => new() { ViewportSize = new() { Width = 360, Height = 780 }, HasTouch = true, IsMobile = true };

    [ChromiumFact]
    public async Task A_tap_pins_the_readout_beside_what_it_reads_until_the_next_tap_elsewhere()
    {
        await using var visit = await sites.VisitAsync(Phone);
        var page = await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");
        await card.Locator(".plot").EvaluateAsync("plot => plot.scrollIntoView({ block: 'center', behavior: 'instant' })");
        var plot = (await card.Locator(".plot").BoundingBoxAsync())!;
        await page.Touchscreen.TapAsync(plot.X + plot.Width / 2, plot.Y + plot.Height / 2);
        var readout = card.Locator(".readout");
        await Expect(readout).ToBeVisibleAsync();

        var (panel, line) = ((await readout.BoundingBoxAsync())!, (await card.Locator(".crosshair").BoundingBoxAsync())!);
        Assert.True(panel.Y >= plot.Y + plot.Height || panel.X >= line.X || panel.X + panel.Width <= line.X, "The readout is upon the day that it reads.");
        Assert.InRange(panel.X + panel.Width, 1, 360);
        await page.Touchscreen.TapAsync(plot.X + 4, plot.Y - 40);
        await Expect(readout).ToBeHiddenAsync();
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Sections_are_a_chooser()
    {
        await using var visit = await sites.VisitAsync(Phone);
        var page = await visit.OpenAsync(sites.Demo);
        await Expect(page.Locator(".contents a").First).ToBeHiddenAsync();
        await page.GetByLabel("Section", new() { Exact = true }).SelectOptionAsync("Access control");

        await Expect(page.Locator("#group-access-control h2")).ToBeInViewportAsync();
        await Expect(page.GetByLabel("Section", new() { Exact = true })).ToHaveValueAsync("group-access-control");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Every_target_is_large_enough_for_a_finger()
    {
        await using var visit = await sites.VisitAsync(Phone);
        var page = await visit.OpenAsync(sites.Demo);
        var small = await page.EvaluateAsync<string[]>($$"""
            () => [...document.querySelectorAll('button, select, input, summary, footer a, .site > a')].filter((element) => {
              const { width, height } = element.getBoundingClientRect();
              return width > 0 && (width < {{LeastTarget}} || height < {{LeastTarget}}) && !element.closest('.foot');
            }).map((element) => element.outerHTML)
            """);

        Assert.Empty(small);
        visit.AssertQuiet();
    }
}
