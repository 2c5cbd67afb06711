using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed partial class ChartTests(Sites sites)
{
    [ChromiumFact]
    public async Task Every_chart_of_the_service_is_drawn()
    {
        var charts = await sites.Demo.Client.GetFromJsonAsync<JsonElement>("/charts");
        var ids = charts.EnumerateArray().Select(chart => chart.GetProperty("id").GetString()!).ToList();
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo);

        Assert.Contains("components/core", ids);
        Assert.True(ids.Count >= 12);
        // The two charts of how long systems have been there are one.
        foreach (var id in ids.Where(id => id != "demography"))
        {
            var card = await visit.CardAsync(id);
            var canvas = card.Locator("canvas");
            await Expect(canvas).ToHaveAttributeAsync("style", SizedStyle());
            Assert.True((await canvas.ColoursAsync()).Length > 1, $"{id} is blank");
        }

        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task The_overview_tells_the_numbers_that_matter()
    {
        var active = await sites.Demo.Client.GetFromJsonAsync<JsonElement>("/charts/active-systems");
        var values = active.GetProperty("series")[0].GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToList();
        var health = await sites.Demo.Client.GetFromJsonAsync<JsonElement>("/health");
        var day = DateOnly.Parse(health.GetProperty("lastSummarizedDay").GetString()!, CultureInfo.InvariantCulture);
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);

        var figures = await page.Locator(".tile .figure").AllTextContentsAsync();
        Assert.Equal(values[^1].ToString("N0", CultureInfo.InvariantCulture), figures[0]);
        await Expect(page.Locator(".tile").First).ToContainTextAsync(
            string.Create(CultureInfo.InvariantCulture, $"systems on {day:d MMM yyyy}{values[^31]:N0} on {day.AddDays(-30):d MMM}, {Change(values)}"));
        Assert.Matches(@"^\d+(\.\d)?%$", figures[1]);
        await Expect(page.Locator(".tile").Nth(1)).ToContainTextAsync(NewestText());
        await Expect(page.Locator(".fresh")).ToHaveTextAsync(
            string.Create(CultureInfo.InvariantCulture, $"Data through {day:d MMM yyyy}. Next run due 00:00 UTC"));
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Sections_follow_the_groups_and_the_contents_stay_in_sight()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);

        var names = await page.Locator("main h2").AllTextContentsAsync();
        Assert.Equal(names, await page.Locator(".contents a").AllTextContentsAsync());
        await page.Locator(".contents a").Last.ClickAsync();
        await Expect(page.Locator(".contents a").Last).ToBeInViewportAsync();
        await Expect(page.Locator("main h2").Last).ToBeInViewportAsync();
        await Expect(page.Locator(".contents a[aria-current]")).ToHaveCountAsync(1);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Hovering_reads_all_values_of_a_day()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");
        await card.Locator(".plot").HoverAsync();

        var readout = card.Locator(".readout");
        await Expect(readout).ToBeVisibleAsync();
        Assert.Matches(@"^\w{3},? \d+ \w+ \d{4}$", await readout.Locator("p").First.TextContentAsync() ?? "");
        var rows = await readout.Locator("tr").AllTextContentsAsync();
        Assert.True(rows.Count > 3);
        Assert.StartsWith("Total", rows[^1], StringComparison.Ordinal);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_chart_says_what_it_counts_out_of_how_many_and_links_its_entry()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/rpm");

        await Expect(card.Locator(".counted")).ToHaveTextAsync(CountedText());
        var entry = await card.Locator("footer a[href*='catalogue#']").GetAttributeAsync("href");
        Assert.Equal(sites.Demo.At("/catalogue#components").AbsoluteUri, entry);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task The_last_day_is_bars_that_carry_their_names()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo);
        foreach (var id in (string[])["components/core", "users", "components/python"])
        {
            var card = await visit.CardAsync(id);
            await card.GetByRole(AriaRole.Button, new() { Name = "Last day" }).ClickAsync();
            await Expect(card.Locator(".plot")).ToHaveRoleAsync(AriaRole.Img);
            await Expect(card.Locator(".legend button:has(bdi)")).ToHaveCountAsync(0);
            // One colour, that of the ground, that of the texts, and what is between them.
            Assert.Contains("rgb(43, 99, 176)", (await card.Locator("canvas").ColoursAsync())[..2]);
        }

        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Today_so_far_is_called_provisional_in_development()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Young);
        var card = await visit.CardAsync("active-systems");

        await Expect(card.Locator(".summary")).ToContainTextAsync(TodayText());
        await card.Locator(".plot").FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");
        await Expect(card.Locator(".readout")).ToContainTextAsync("so far");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Only_closed_days_are_drawn_in_production()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("active-systems");

        await Expect(card.Locator(".summary")).Not.ToContainTextAsync("provisional");
        await card.Locator(".plot").FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");
        await Expect(card.Locator(".readout p").First).Not.ToContainTextAsync("so far");
        visit.AssertQuiet();
    }

    private static string Change(List<double> values) =>
        Math.Round((values[^1] / values[^31] - 1) * 100, 1).ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture) + "%";

    [ChromiumFact]
    public async Task A_chart_of_versions_leads_to_their_adoption()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");
        await card.GetByRole(AriaRole.Link, new() { Name = "Adoption of core" }).ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("Adoption core");
        await Expect(page.Locator(".drawing:visible")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Patch versions" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToHaveTextAsync(PatchVersion());
        visit.AssertQuiet();
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex PatchVersion();

    [GeneratedRegex(@"^core\d+%on 3\.\d+, the newest version on ")]
    private static partial Regex NewestText();

    [GeneratedRegex("width: [1-9]")]
    private static partial Regex SizedStyle();

    [GeneratedRegex(@"^\d+ systems on \d+ \w+ \d{4}.*\. Today so far: \d+ systems? \(provisional\)\.$")]
    private static partial Regex TodayText();

    [GeneratedRegex(@"^Counted: systems that report the component: [\d,]+ of [\d,]+ \(\d+%\)\. $")]
    private static partial Regex CountedText();
}
