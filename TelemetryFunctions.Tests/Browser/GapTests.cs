using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>Days of which nothing is known are gaps, and what stands between gaps can be seen.</summary>
[Collection(BrowserCollection.Name)]
public sealed class GapTests(Sites sites)
{
    /// <summary>Counts the pixels of a canvas, by column, that have a colour, as far as it is not blended with others.</summary>
    private const string ColumnsOfColour =
        """
        (canvas, [r, g, b]) => {
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          const columns = new Array(canvas.width).fill(0);
          for (let i = 0; i < data.length; i += 4) {
            if (Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 12 && data[i + 3] > 200) columns[(i / 4) % canvas.width]++;
          }
          return columns;
        }
        """;

    [ChromiumFact]
    public async Task A_lone_value_of_one_line_is_drawn()
    {
        // On a narrow screen the lines have no names behind their ends.
        await using var visit = await sites.VisitAsync(new() { ViewportSize = new() { Width = 460, Height = 900 } });
        await ChangeAsync(visit, "workers", (label, day, days) => label == "processes" ? day < days * 3 / 4 : day == days * 7 / 8);
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("workers");

        var colours = await card.LegendAsync();
        var (lone, line) = (await ColumnsAsync(card, colours["hosts"]), await ColumnsAsync(card, colours["processes"]));

        Assert.InRange(lone.Length, 2, 20);
        Assert.True(lone[0] > line[^1], "A lone value is where its day is.");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_lone_day_of_a_stack_is_drawn_and_the_days_around_it_are_not()
    {
        await using var visit = await sites.VisitAsync();
        await ChangeAsync(visit, "system-age", (_, day, days) => day == days * 5 / 8 || day >= days * 3 / 4);
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("system-age");

        var drawn = new HashSet<int>();
        foreach (var (_, colour) in await card.LegendAsync())
            drawn.UnionWith(await ColumnsAsync(card, colour));

        var gaps = drawn.Order().Zip(drawn.Order().Skip(1), (a, b) => b - a).Count(step => step > 20);
        Assert.Equal(1, gaps);
        Assert.InRange(drawn.Order().TakeWhile((column, i) => column - drawn.Min() == i).Count(), 1, 8);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_day_of_which_nothing_is_known_says_so_and_not_0()
    {
        await using var visit = await sites.VisitAsync();
        await ChangeAsync(visit, "system-age", (_, day, days) => day < days - 1);
        var page = await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("system-age");

        await Assertions.Expect(card.Locator(".summary")).ToContainTextAsync("No data on");
        await card.Locator(".plot").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(card.Locator(".readout")).ToContainTextAsync("No data");
        await card.Locator("details.numbers summary").ClickAsync();
        await Assertions.Expect(card.Locator("table tbody tr").First.Locator("td").Last).ToHaveTextAsync("–");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_day_on_which_the_service_was_down_is_shaded_and_says_why_and_notes_are_text()
    {
        await using var visit = await sites.VisitAsync();
        await visit.Page.RouteAsync("**/charts/overview", async route =>
        {
            var response = await route.FetchAsync();
            var overview = JsonNode.Parse(await response.TextAsync())!;
            var last = DateTimeOffset.FromUnixTimeMilliseconds(overview["times"]!.AsArray()[^1]!.GetValue<long>());
            overview["marks"] = new JsonArray(
                new JsonObject { ["day"] = $"{last.AddDays(-30):yyyy-MM-dd}", ["kind"] = "hole", ["hours"] = 20 },
                new JsonObject { ["day"] = $"{last.AddDays(-2):yyyy-MM-dd}", ["kind"] = "kept", ["days"] = 12 },
                new JsonObject { ["day"] = $"{last.AddDays(-1):yyyy-MM-dd}", ["kind"] = "note", ["text"] = "<img src=x onerror=alert(1)>", ["link"] = "https://example.org/3.0" },
                new JsonObject { ["day"] = $"{last:yyyy-MM-dd}", ["kind"] = "outage", ["hours"] = 1, ["charts"] = new JsonArray("workers") });
            await route.FulfillAsync(new() { ContentType = "application/json", Body = overview.ToJsonString() });
        });
        var page = await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("active-systems");

        await card.Locator(".plot").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(card.Locator(".readout .mark")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(card.Locator(".readout .mark")).ToHaveTextAsync("<img src=x onerror=alert(1)>");
        await Assertions.Expect(card.Locator("[aria-live]").Last).ToContainTextAsync("<img");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(card.Locator(".readout .mark")).ToHaveTextAsync("12 days up to here could not be summarized again");
        await card.Locator("details.numbers summary").ClickAsync();
        await Assertions.Expect(card.Locator("td.marks a")).ToHaveAttributeAsync("href", "https://example.org/3.0");
        await Assertions.Expect(card.Locator("td.marks").Filter(new() { HasText = "no values: service down for 20 of 24 hours" })).ToHaveCountAsync(1);
        visit.AssertQuiet();
    }

    /// <summary>Leaves only some values of a chart.</summary>
    private static Task ChangeAsync(Visit visit, string id, Func<string, int, int, bool> isKnown) =>
        visit.Page.RouteAsync("**/charts/overview", async route =>
        {
            var response = await route.FetchAsync();
            var overview = JsonNode.Parse(await response.TextAsync())!;
            var metric = overview["metrics"]!.AsArray().Single(metric => metric!["id"]!.GetValue<string>() == id)!;
            foreach (var series in metric["series"]!.AsArray())
            {
                var values = series!["values"]!.AsArray();
                for (var day = 0; day < values.Count; day++)
                    values[day] = isKnown(series["label"]!.GetValue<string>(), day, values.Count) ? 10 : null;
            }

            await route.FulfillAsync(new() { ContentType = "application/json", Body = overview.ToJsonString() });
        });

    /// <summary>The columns of a card's canvas in which a colour is, from the left.</summary>
    private static async Task<int[]> ColumnsAsync(ILocator card, string colour)
    {
        var rgb = colour[4..^1].Split(',').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var columns = await card.Locator("canvas").EvaluateAsync<int[]>(ColumnsOfColour, rgb);
        return [.. columns.Index().Where(column => column.Item > 0).Select(column => column.Index)];
    }
}
