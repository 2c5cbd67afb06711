using Microsoft.Playwright;
using TelemetryFunctions.Tests.Standalone.Relay;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The page of a relay, as its administrator uses it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RelayDeskPageTests(Sites sites)
{
    [ChromiumFact]
    public async Task Without_a_script_it_is_paused_one_report_is_dropped_and_another_sent()
    {
        await using var relay = await RelaySite.StartAsync(withLoop: true);
        for (var system = 1; system <= 3; system++)
            await relay.ReportAsync(system, ""","components":[{"name":"core","version":"3.21.4"}]""");
        await using var visit = await sites.VisitAsync(new() { JavaScriptEnabled = false });
        var page = visit.Page;
        await page.GotoAsync(relay.Link);

        await PressAsync("Pause");
        await Expect(page.Locator(".figures")).ToContainTextAsync("paused since");
        await page.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await PressAsync("Drop the chosen ones");
        await Expect(page.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await PressAsync("Send the chosen ones now");
        for (var tries = 0; tries < 100 && await page.GetByRole(AriaRole.Checkbox).CountAsync() > 1; tries++)
            await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Items that were sent" })).ToContainTextAsync("sent: counts on");

        await page.GetByText("core", new() { Exact = false }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Report of" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "What is in it" })).ToContainTextAsync("3.21.4");
        visit.AssertQuiet();

        Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }

    [ChromiumTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task An_audit_finds_no_violation(ColorScheme scheme, int width)
    {
        await using var relay = await RelaySite.StartAsync(to: new Uri("http://127.0.0.1:1/"));
        await relay.ReportAsync(1, ""","components":[{"name":"core","version":"3.21.4"}]""");
        relay.Part<TelemetryFunctions.Standalone.Relay.RelayStatus>().Tell(relay.Clock.GetUtcNow(), "Connection refused");
        await using var visit = await sites.VisitAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var page = visit.Page;
        await page.GotoAsync(relay.Link);
        foreach (var details in await page.Locator("details").AllAsync())
            await details.Locator("summary").ClickAsync();

        Assert.Empty(await page.AuditAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Report of" }).First.ClickAsync();
        Assert.Empty(await page.AuditAsync());
    }
}
