using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The form of the catalogue, as somebody uses it who lets no script run.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SystemFormTests(Sites sites)
{
    private const string Id = "3fa85f64-5717-4562-b3fc-2c963f66afa7";

    [ChromiumFact]
    public async Task A_system_is_shown_and_forgotten_without_script_and_without_its_id_in_an_address()
    {
        using var sent = await sites.Empty.Client.PostAsJsonAsync("/", new { system_id = Id, note = "hello" });
        Assert.True(sent.IsSuccessStatusCode);
        await using var visit = await sites.VisitAsync(new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 320, Height = 800 } });
        var page = visit.Page;
        await page.GotoAsync(sites.Empty.At("/catalogue").AbsoluteUri);

        await AskAsync("Show what is stored");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What is stored");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "The report as JSON" })).ToContainTextAsync("\"note\": \"hello\"");
        await AskAsync("Forget it");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("is deleted");
        await AskAsync("Show what is stored");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Nothing is stored under this id.");

        Assert.All(visit.Requests, request => Assert.DoesNotContain(Id, request.Url, StringComparison.Ordinal));

        async Task AskAsync(string what)
        {
            await page.GetByLabel("Id of the installation").FillAsync(Id);
            await page.GetByRole(AriaRole.Button, new() { Name = what }).ClickAsync();
        }
    }

    [ChromiumTheory]
    [InlineData("show", ColorScheme.Light, 1440)]
    [InlineData("show", ColorScheme.Dark, 320)]
    [InlineData("forget", ColorScheme.Light, 768)]
    public async Task An_audit_of_the_answer_finds_no_violation(string action, ColorScheme scheme, int width)
    {
        await using var visit = await sites.VisitAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        using var sent = await sites.Empty.Client.PostAsJsonAsync("/", new { system_id = Id, note = new string('x', 300) });
        await visit.Page.GotoAsync(sites.Empty.At("/catalogue").AbsoluteUri);
        await visit.Page.GetByLabel("Id of the installation").FillAsync(Id);
        await visit.Page.Locator($"button[value={action}]").ClickAsync();

        Assert.Empty(await visit.Page.AuditAsync());
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await sites.Empty.Client.DeleteAsync($"/systems/{Id}");
    }
}
