using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>What is drawn, at any age and size of a site, on a screen and on paper.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DrawingTests(Sites sites)
{
    private static readonly DateOnly Last = new(2026, 12, 2);

    [ChromiumFact]
    public async Task One_day_is_no_level_area()
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, 1, false, Overviews.Count(7)));
        await visit.OpenAsync(sites.Demo);
        var columns = await (await visit.CardAsync("active-systems")).Locator("canvas").EvaluateAsync<double>("""
            (canvas) => {
              const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
              copy.drawImage(canvas, 0, 0);
              const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
              const blue = new Set();
              for (let i = 0; i < data.length; i += 4) if (data[i + 2] > data[i] + 40 && data[i + 3] > 200) blue.add((i / 4) % canvas.width);
              return blue.size / canvas.width;
            }
            """);

        Assert.InRange(columns, 0.01, 0.3);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Two_buckets_are_two_bars()
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, 2, false, Overviews.Metric("users", "histogram", "bars", null, ("1", [3, 3]), ("2-3", [4, 4]))));
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("users");

        await Expect(card.Locator(".legend")).ToHaveCountAsync(0);
        Assert.Contains("rgb(43, 99, 176)", await card.Locator("canvas").ColoursAsync());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Of_long_histories_versions_are_named_in_groups_that_stay()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Old, "/?range=all");
        var card = await visit.CardAsync("components/core");
        var names = await card.Locator(".legend bdi").AllTextContentsAsync();

        Assert.InRange(names.Count, 8, 13);
        Assert.EndsWith(" and older", names[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("other", names);
        await Expect(card.Locator(".legend .order")).ToHaveTextAsync("Newest first:");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Many_words_are_no_grey_mass()
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, 2, false, Overviews.Metric(
            "boards", "count-by", "share", null, [.. Enumerable.Range(10, 60).Select(board => ($"board {board}", Enumerable.Repeat((double?)10, 2)))])));
        await visit.OpenAsync(sites.Demo);
        var names = await (await visit.CardAsync("boards")).Locator(".legend bdi").AllTextContentsAsync();

        Assert.DoesNotContain("other", names);
        Assert.InRange(names.Count, 25, 40);
        Assert.Contains(names, name => name.Contains('–', StringComparison.Ordinal));
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Of_an_old_range_that_is_narrow_every_day_is_fetched()
    {
        var document = JsonDocument.Parse(await sites.Old.Client.GetStringAsync("/charts/active-systems?from=2019-03-01&to=2019-03-20")).RootElement;
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Old, "/?from=2019-03-01&to=2019-03-20&table:active-systems=1");
        var card = await visit.CardAsync("active-systems");

        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(20);
        var last = document.GetProperty("series")[0].GetProperty("values").EnumerateArray().Last().GetDouble();
        await Expect(card.Locator("tbody tr").First).ToContainTextAsync(last.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
        await Expect(card.Locator(".summary")).ToContainTextAsync("on 20 Mar 2019");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Paper_has_every_chart()
    {
        await using var visit = await sites.VisitAsync(new() { ColorScheme = ColorScheme.Dark });
        var page = await visit.OpenAsync(sites.Demo);
        await page.PdfAsync();

        foreach (var canvas in await page.Locator("article canvas").AllAsync())
            Assert.True((await canvas.ColoursAsync()).Length > 1);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Lines_can_be_drawn_in_place_of_a_stack_and_their_axis_be_logarithmic()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");
        var stack = await card.Locator("canvas").FingerprintAsync();
        await card.GetByTitle("Lines").ClickAsync();
        var lines = await card.Locator("canvas").FingerprintAsync();
        await card.GetByTitle("Logarithmic axis").ClickAsync();
        var log = await card.Locator("canvas").FingerprintAsync();

        Assert.Equal(3, new[] { stack, lines, log }.Distinct().Count());
        Assert.Contains("lines%3Acomponents%2Fcore=1&log%3Acomponents%2Fcore=1", page.Url, StringComparison.Ordinal);
        await card.GetByTitle("Stacked areas").ClickAsync();
        Assert.Equal(stack, await card.Locator("canvas").FingerprintAsync());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Wide_screens_have_three_columns_and_a_chart_can_have_them_all()
    {
        await using var visit = await sites.VisitAsync(new() { ViewportSize = new() { Width = 1800, Height = 900 } });
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");
        var one = (await card.BoundingBoxAsync())!.Width;
        await card.GetByTitle("Full width").ClickAsync();
        await visit.CardAsync("components/core");

        Assert.InRange(one, 500, 600);
        Assert.InRange((await card.BoundingBoxAsync())!.Width, 3 * one, 3 * one + 40);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_component_is_found_by_its_name()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo);
        await page.GetByPlaceholder("Find a chart").FillAsync("ans");

        await Expect(page.Locator("#group-components article:not([hidden]) h3")).ToHaveTextAsync("ansible: versions in use");
        await Expect(page.Locator(".search [role=status]")).ToHaveTextAsync("1 of 6");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_name_stands_in_its_wave_also_where_that_is_one_day_wide()
    {
        await using var visit = await sites.VisitAsync();
        await visit.Page.AddInitScriptAsync(
            """
            const fillText = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
              if (this.font.startsWith('500')) (this.canvas.names ??= new Map()).set(text, [x, y]);
              return fillText.call(this, text, x, y, ...more);
            };
            """);
        await visit.ShowAsync(Overviews.Of(Last, 1, true, Overviews.Metric("components/core", "versions", "share", null, ("3.20", [1]), ("3.21", [1]))));
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("components/core");

        // Below each name there is the colour of its wave, and not the bare ground.
        var grounds = await card.Locator("canvas").EvaluateAsync<int[]>(
            """
            (canvas) => {
              const scale = canvas.width / canvas.clientWidth;
              const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
              copy.drawImage(canvas, 0, 0);
              return [...(canvas.names ?? [])].map(([, [x, y]]) => copy.getImageData(x * scale, (y + 8) * scale, 1, 1).data[3]);
            }
            """);
        Assert.NotEmpty(grounds);
        Assert.DoesNotContain(0, grounds);
    }
}
