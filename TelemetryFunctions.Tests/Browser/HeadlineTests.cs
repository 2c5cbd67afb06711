using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The numbers at the top of the page are those that the catalogue marks.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HeadlineTests(Sites sites)
{
    [ChromiumFact]
    public async Task A_catalogue_of_ones_own_has_its_own_numbers()
    {
        var total = await LastAsync("automations");
        var active = await LastAsync("active-systems");
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Hub);

        await Expect(page.Locator(".tile dt")).ToHaveTextAsync(["Active installations", "Hub", "Most used integrations", "Automations"]);
        await Expect(page.Locator(".tile").First.Locator(".figure")).ToHaveTextAsync(active.ToString("N0", CultureInfo.InvariantCulture));
        await Expect(page.Locator(".tile").First.Locator(".note").First).ToContainTextAsync("installations on");
        await Expect(page.Locator(".tile").Nth(1).Locator(".note").First).ToContainTextAsync("the newest version");
        await Expect(page.Locator(".tile").Nth(2).Locator(".note").First).ToContainTextAsync("the most common");
        await Expect(page.Locator(".tile").Last.Locator(".figure")).ToHaveTextAsync(total.ToString("N0", CultureInfo.InvariantCulture));
        await Expect((await visit.CardAsync("automations")).Locator(".summary")).ToHaveTextAsync(new Regex(@"^[\d,]+ automations on "));
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task The_numbers_follow_the_range()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo, "/?from=2026-01-01&to=2026-03-01");

        await Expect(page.Locator(".tile").First).ToContainTextAsync("on 1 Mar 2026");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Labels_of_systems_that_have_several_are_not_added_up()
    {
        await using var visit = await sites.VisitAsync();
        await visit.Page.RouteAsync("**/charts/overview", async route =>
        {
            var response = await route.FetchAsync();
            var overview = JsonNode.Parse(await response.TextAsync())!;
            var metric = overview["metrics"]!.AsArray().Single(metric => metric!["id"]!.GetValue<string>() == "integrations")!.AsObject();
            var days = overview["times"]!.AsArray().Count;
            var labels = new[] { ("lamp", 3), ("door", 2), ("meter", 1) };
            metric["series"] = new JsonArray([.. labels.Select(label => new JsonObject
            {
                ["label"] = label.Item1, ["values"] = new JsonArray([.. Enumerable.Repeat(label.Item2, days).Select(value => (JsonNode)value)]),
            })]);
            metric["counted"] = new JsonArray([.. Enumerable.Repeat(4, days).Select(value => (JsonNode)value)]);
            await route.FulfillAsync(new() { ContentType = "application/json", Body = overview.ToJsonString() });
        });
        var page = await visit.OpenAsync(sites.Hub);
        var card = await visit.CardAsync("integrations");

        await Expect(card.Locator(".summary")).ToContainTextAsync("4 installations on");
        await Expect(card.Locator(".summary")).ToContainTextAsync("most: lamp 75%");
        await Expect(page.Locator(".tile", new() { HasText = "integrations" }).Locator(".figure")).ToHaveTextAsync("75%");
        visit.AssertQuiet();
    }

    private async Task<double> LastAsync(string id)
    {
        var chart = JsonDocument.Parse(await sites.Hub.Client.GetStringAsync($"/charts/{id}")).RootElement;
        return chart.GetProperty("series")[0].GetProperty("values").EnumerateArray().Last().GetDouble();
    }
}
