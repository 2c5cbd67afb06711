using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>What a reader can choose, and links that keep it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ChoiceTests(Sites sites)
{
    [ChromiumFact]
    public async Task A_range_shows_its_days()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo, "/?range=90d&table:active-systems=1");
        var card = await visit.CardAsync("active-systems");

        // Of two years, one day of each week is shown; a table has pages.
        foreach (var (name, query, days) in new[] { ("30 days", "range=30d", 30), ("90 days", "range=90d", 90), ("1 year", "", 365), ("All", "range=all", 105) })
        {
            await Button(page.Locator(".toolbar"), name).ClickAsync();
            await Expect(card.Locator("tbody tr")).ToHaveCountAsync(Math.Min(days, 100));
            await Expect(card.Locator(".pager span")).ToHaveTextAsync(days > 100 ? [$"Page 1 of {(days + 99) / 100}"] : []);
            Assert.Equal(query, new Uri(page.Url).Query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("range", StringComparison.Ordinal)) ?? "");
        }

        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Any_two_days_are_a_range()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("active-systems");
        await Button(page.Locator(".toolbar"), "Dates").ClickAsync();
        var last = DateOnly.Parse(await page.GetByLabel("To", new() { Exact = true }).InputValueAsync(), CultureInfo.InvariantCulture);
        await page.GetByLabel("From", new() { Exact = true }).FillAsync($"{last.AddDays(-20):yyyy-MM-dd}");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync($"{last.AddDays(-10):yyyy-MM-dd}");

        await card.GetByText("Table").ClickAsync();
        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(11);
        Assert.Contains($"from={last.AddDays(-20):yyyy-MM-dd}&to={last.AddDays(-10):yyyy-MM-dd}", page.Url, StringComparison.Ordinal);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_range_without_days_says_so()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo, "/?from=2001-01-01&to=2001-02-01");
        var card = await visit.CardAsync("components/core");

        await Expect(card.Locator(".summary")).ToHaveTextAsync("No data in this range.");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Values_are_counts_or_shares()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");
        var counts = await card.Locator("canvas").FingerprintAsync();
        await Button(page.Locator(".toolbar"), "Share").ClickAsync();

        var values = await card.Locator(".legend .value").AllTextContentsAsync();
        Assert.All(values, value => Assert.EndsWith("%", value, StringComparison.Ordinal));
        Assert.NotEqual(counts, await card.Locator("canvas").FingerprintAsync());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Versions_are_counted_by_two_numbers_or_three()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");
        Assert.Contains(await LabelsAsync(card), label => label.Split('.').Length == 2);
        await Button(card, "Patch versions").ClickAsync();

        await Expect(card.Locator(".legend bdi").First).ToHaveTextAsync(new Regex(@"^\d+\.\d+\.\d+$"));
        Assert.Single(visit.Requests, request => request.Url.EndsWith("/charts/components/core?by=xyz", StringComparison.Ordinal));
        await Button(card, "Minor versions").ClickAsync();
        await Expect(card.Locator(".legend bdi").First).ToHaveTextAsync(new Regex(@"^\d+\.\d+$"));
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Many_versions_are_folded_and_can_be_unfolded()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo, "/?range=all");
        var card = await visit.CardAsync("components/core");
        var folded = await LabelsAsync(card);
        Assert.Contains("other", folded);
        Assert.InRange(folded.Count, 5, 13);
        await Button(card, "Show more").ClickAsync();

        await Expect(card.Locator(".legend .more")).ToHaveTextAsync("Show fewer");
        Assert.True((await LabelsAsync(card)).Count > folded.Count);
        await Button(card, "Show fewer").ClickAsync();
        await Expect(card.Locator(".legend bdi")).ToHaveCountAsync(folded.Count);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task The_legend_isolates_a_series_and_brings_the_others_back()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");
        var (canvas, second) = (card.Locator("canvas"), card.Locator(".legend button:has(bdi)").Nth(1));
        var all = await canvas.FingerprintAsync();
        var colours = await card.LegendAsync();
        await second.ClickAsync();

        await Expect(second).ToHaveAttributeAsync("aria-pressed", "true");
        var own = colours[await second.Locator("bdi").TextContentAsync() ?? ""];
        var drawn = await canvas.ColoursAsync();
        Assert.Contains(own, drawn);
        Assert.DoesNotContain(drawn, colour => colour != own && colours.ContainsValue(colour));
        await second.ClickAsync();
        Assert.Equal(all, await canvas.FingerprintAsync());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_version_keeps_its_colour_in_every_range_and_chart()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo, "/?range=all");
        var all = await (await visit.CardAsync("components/core")).LegendAsync();
        await visit.OpenAsync(sites.Demo, "/?range=30d");
        var month = await (await visit.CardAsync("components/core")).LegendAsync();

        var both = all.Keys.Intersect(month.Keys).ToList();
        Assert.True(both.Count > 3);
        Assert.All(both, label => Assert.Equal(all[label], month[label]));
        Assert.Equal(month.Count, month.Values.Distinct().Count());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_link_keeps_everything_that_was_chosen()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);
        await Button(page.Locator(".toolbar"), "90 days").ClickAsync();
        await Button(page.Locator(".toolbar"), "Share").ClickAsync();
        var core = await visit.CardAsync("components/core");
        await Button(core, "Patch versions").ClickAsync();
        await Expect(core.Locator(".legend bdi").First).ToHaveTextAsync(new Regex(@"\.\d+\."));
        await core.Locator(".legend button").First.ClickAsync();
        await core.GetByText("Table").ClickAsync();
        var users = await visit.CardAsync("users");
        await Button(users, "Over time").ClickAsync();
        await using var other = await sites.VisitAsync();
        await other.OpenAsync(sites.Demo, new Uri(page.Url).PathAndQuery);

        foreach (var id in (string[])["components/core", "users"])
        {
            var (before, after) = (await visit.CardAsync(id), await other.CardAsync(id));
            await Expect(after.Locator(".table")).ToHaveCountAsync(await before.Locator(".table").CountAsync());
            Assert.Equal(await PressedAsync(before), await PressedAsync(after));
            Assert.Equal(await before.Locator("canvas").FingerprintAsync(), await after.Locator("canvas").FingerprintAsync());
        }

        Assert.Equal(await PressedAsync(page.Locator(".toolbar")), await PressedAsync(other.Page.Locator(".toolbar")));
        visit.AssertQuiet();
        other.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Back_leads_to_what_the_address_says()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("active-systems");
        await card.GetByText("Table").ClickAsync();
        await Button(page.Locator(".toolbar"), "30 days").ClickAsync();
        await page.Locator("#users h3 a").ClickAsync();
        await Button(page.Locator(".toolbar"), "90 days").ClickAsync();
        await page.GoBackAsync();

        Assert.Contains("range=30d", page.Url, StringComparison.Ordinal);
        await Expect(Button(page.Locator(".toolbar"), "30 days")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator("#active-systems tbody tr")).ToHaveCountAsync(30);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task The_address_of_a_chart_and_what_embeds_it_can_be_copied()
    {
        await using var visit = await sites.VisitAsync(new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var page = await visit.OpenAsync(sites.Demo, "/?range=90d");
        var card = await visit.CardAsync("components/core");

        Assert.Equal(sites.Demo.At("/?range=90d#components%2Fcore").AbsoluteUri, await CopiedAsync("Link"));
        Assert.Equal(
            $"""<iframe src="{sites.Demo.At("/embed/components/core?lang=en").AbsoluteUri}" title="core: versions in use" width="640" height="400" loading="lazy" style="border:0"></iframe>""",
            await CopiedAsync("Embed"));
        visit.AssertQuiet();

        async Task<string> CopiedAsync(string text)
        {
            await card.Locator(".files").GetByText(text, new() { Exact = true }).ClickAsync();
            await Expect(card.Locator(".files [role=status]", new() { HasText = "Copied" })).ToHaveCountAsync(1);
            var copied = await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
            await Expect(card.Locator(".files [role=status]", new() { HasText = "Copied" })).ToHaveCountAsync(0);
            return copied;
        }
    }

    [ChromiumFact]
    public async Task A_link_to_a_chart_shows_that_chart()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo, "/#users");

        await Expect(page.Locator("#users h3")).ToBeInViewportAsync();
        await page.Locator("#users h3 a").ClickAsync();
        Assert.Equal("#users", new Uri(page.Url).Fragment);
        visit.AssertQuiet();
    }

    [ChromiumTheory]
    [InlineData("/?range=never&values=%00&mode:users=&by:components/core=nothing&only:users=%3Cb%3E")]
    [InlineData("/?from=x&to=9999-99-99&all:users=1#%E0%A4%A")]
    public async Task A_link_with_nonsense_shows_the_page(string path)
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo, path);

        await Expect(visit.Page.Locator("article.card")).Not.ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".notice")).ToHaveCountAsync(0);
    }

    private static ILocator Button(ILocator within, string name) =>
        within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task<IReadOnlyList<string>> LabelsAsync(ILocator card) => await card.Locator(".legend bdi").AllTextContentsAsync();

    private static async Task<IReadOnlyList<string>> PressedAsync(ILocator within) =>
        await within.Locator("[aria-pressed='true']").AllTextContentsAsync();
}
