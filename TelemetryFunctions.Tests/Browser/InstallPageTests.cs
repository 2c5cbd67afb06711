using Microsoft.Playwright;
using TelemetryFunctions.Installs;
using TelemetryFunctions.Tests.Installs;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The pages of the installs, with versions of any name, installs in CI and shares of platforms.</summary>
[Collection(BrowserCollection.Name)]
public sealed class InstallPageTests(Sites sites) : IAsyncLifetime
{
    private const int Narrow = 320;

    private InstallApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await InstallApp.StartAsync();
        foreach (var agent in new[] { InstallSite.Agent, InstallSite.CiAgent, "Composer/2.5.5 (Windows NT; 10.0; PHP 7.4.33; cURL 7.70.0)", "Composer/2.5.5 (Darwin; 22.4.0; PHP 8.1.7; streams)" })
        {
            _app.Client.DefaultRequestHeaders.UserAgent.Clear();
            _app.Client.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
            foreach (var version in new[] { "5.10.0.0", "5.9.0.0", "dev-größe", "dev-<script>alert(1)</script>", "dev-" + new string('x', 60) })
                await _app.NotifyAsync(new Download("vendor/package", version), new Download("vendor/" + new string('n', 60), version));
        }

        await _app.RollUpAfterAsync(TimeSpan.FromHours(1));
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [ChromiumTheory]
    [InlineData("/packages", ColorScheme.Light, 1440)]
    [InlineData("/packages", ColorScheme.Dark, Narrow)]
    [InlineData("/packages", ColorScheme.Light, 768)]
    [InlineData("/packages/vendor/package", ColorScheme.Dark, 1440)]
    [InlineData("/packages/vendor/package", ColorScheme.Light, Narrow)]
    [InlineData("/packages/vendor/package", ColorScheme.Dark, 768)]
    public async Task An_audit_finds_no_violation(string path, ColorScheme scheme, int width)
    {
        await using var visit = await sites.VisitAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        await visit.Page.GotoAsync(new Uri(_app.Client.BaseAddress!, path).AbsoluteUri);
        foreach (var summary in await visit.Page.Locator("summary").AllAsync())
            await summary.ClickAsync();

        Assert.Empty(await visit.Page.AuditAsync());
    }

    [ChromiumTheory]
    [InlineData("/packages")]
    [InlineData("/packages/vendor/package")]
    public async Task A_page_is_quiet_and_as_wide_as_a_narrow_screen(string path)
    {
        await using var visit = await sites.VisitAsync(new() { ViewportSize = new() { Width = Narrow, Height = 740 }, HasTouch = true, IsMobile = true });
        await visit.Page.GotoAsync(new Uri(_app.Client.BaseAddress!, path).AbsoluteUri);

        Assert.Equal(Narrow, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_tap_reads_a_bar_and_stays_and_arrow_keys_say_it()
    {
        await using var visit = await sites.VisitAsync(new() { ViewportSize = new() { Width = Narrow, Height = 740 }, HasTouch = true, IsMobile = true });
        var page = visit.Page;
        await page.GotoAsync(new Uri(_app.Client.BaseAddress!, "/packages/vendor/package").AbsoluteUri);
        var bars = page.Locator(".bars").First;
        await bars.Locator("svg").TapAsync();
        var readout = bars.Locator(".readout");
        await Expect(readout).ToContainTextAsync("2026-11-20 so far");
        await Expect(readout).ToContainTextAsync("Installs20");
        await page.Mouse.MoveAsync(1, 1);
        await Expect(readout).ToBeVisibleAsync();
        var (box, screen) = ((await readout.BoundingBoxAsync())!, Narrow);
        Assert.InRange(box.X, 0, screen - box.Width);
        await page.Keyboard.PressAsync("Escape");
        await Expect(readout).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator(".card [aria-live]").First).ToHaveTextAsync("2026-11-20 so far, Installs 20, In CI 5");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Colours_that_were_chosen_are_those_of_these_pages_too()
    {
        await using var visit = await sites.VisitAsync(new() { ColorScheme = ColorScheme.Light });
        var page = visit.Page;
        await page.GotoAsync(new Uri(_app.Client.BaseAddress!, "/packages").AbsoluteUri);
        var light = await BackgroundAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();
        var dark = await BackgroundAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "vendor/package", Exact = true }).ClickAsync();

        Assert.NotEqual(light, dark);
        Assert.Equal(dark, await BackgroundAsync());
        visit.AssertQuiet();

        Task<string> BackgroundAsync() => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
    }

    /// <summary>On the narrowest screen: names are words, what is written beside bars is as large as elsewhere, and links can be hit.</summary>
    [ChromiumTheory]
    [InlineData("/packages")]
    [InlineData("/packages/vendor/package")]
    public async Task A_phone_shows_what_can_be_read_and_hit(string path)
    {
        await using var visit = await sites.VisitAsync(new() { ViewportSize = new() { Width = Narrow, Height = 740 }, HasTouch = true, IsMobile = true });
        await visit.Page.GotoAsync(new Uri(_app.Client.BaseAddress!, path).AbsoluteUri);

        var sizes = await visit.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.bars span')].filter(e => e.offsetWidth > 0).map(e => parseFloat(getComputedStyle(e).fontSize))");
        Assert.NotEmpty(sizes);
        Assert.All(sizes, size => Assert.InRange(size, 11, 16));
        Assert.All(
            await visit.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.list tbody th')].map(e => e.getBoundingClientRect().width)"),
            width => Assert.InRange(width, 120, Narrow));
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('a:not(.skip), button, summary, input')].filter(e => e.getClientRects().length > 0)
              .filter(e => { const { width, height } = e.getBoundingClientRect(); return height < 23.5 || width < 23.5; })
              .map(e => `${e.outerHTML} ${e.getBoundingClientRect().height}`)
            """));
    }

    [ChromiumFact]
    public async Task Without_scripts_all_numbers_are_there()
    {
        await using var visit = await sites.VisitAsync(new() { JavaScriptEnabled = false });
        await visit.Page.GotoAsync(new Uri(_app.Client.BaseAddress!, "/packages/vendor/package").AbsoluteUri);
        await visit.Page.GetByText("Table of installs").ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "2026-11-20 so far 20 5" })).ToBeVisibleAsync();
    }
}
