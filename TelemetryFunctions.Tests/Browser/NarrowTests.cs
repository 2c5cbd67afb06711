namespace TelemetryFunctions.Tests.Browser;

/// <summary>The narrowest screen that WCAG 2.2 asks for (1.4.10): nothing is to be scrolled sideways.</summary>
[Collection(BrowserCollection.Name)]
public sealed class NarrowTests(Sites sites)
{
    private const int Width = 320;

    /// <summary>What sticks out, where nothing around it scrolls by itself.</summary>
    private const string Wide = """
        () => [...document.querySelectorAll('body *')].filter(element => {
          const { right, width } = element.getBoundingClientRect();
          for (let around = element.parentElement; around; around = around.parentElement)
            if (getComputedStyle(around).overflowX !== 'visible') return false;
          return width > 0 && right > innerWidth + 0.5;
        }).map(element => `${element.tagName}.${element.getAttribute('class')}`).join(' ')
        """;

    [ChromiumFact]
    public async Task No_page_is_wider_than_the_screen()
    {
        await using var visit = await sites.VisitAsync(new() { ViewportSize = new() { Width = Width, Height = 800 }, HasTouch = true, IsMobile = true });
        foreach (var site in (Site[])[sites.Demo, sites.Young, sites.Empty])
        {
            var page = await visit.OpenAsync(site);
            await AssertFitsAsync("/");
            foreach (var card in await page.Locator("article.card").AllAsync())
                await card.ScrollIntoViewIfNeededAsync();
            await page.EvaluateAsync("() => { for (const table of document.querySelectorAll('details')) table.open = true; }");
            await AssertFitsAsync("/, with its charts drawn and its tables open");

            foreach (var path in (string[])["/catalogue", "/packages", "/packages/vendor/nothing"])
            {
                await visit.Page.GotoAsync(site.At(path).AbsoluteUri);
                await AssertFitsAsync(path);
            }
        }

        // A chart of few days is fetched; a table of versions is wide.
        await visit.OpenAsync(sites.Demo, "/?from=2026-01-01&to=2026-02-01&compare=previous");
        await AssertFitsAsync("of few days, compared");
        await visit.OpenAsync(sites.Demo, "/adoption/components/core?by=xyz");
        await AssertFitsAsync("/adoption");

        async Task AssertFitsAsync(string what) => Assert.Equal(
            (what, Width, ""),
            (what, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), await visit.Page.EvaluateAsync<string>(Wide)));
    }
}
