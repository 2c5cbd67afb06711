using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>Two periods side by side: each day beside the one that is as far in the period before, and what is not known of it is said.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class CompareTests(Sites sites)
{
    private static readonly DateOnly Last = new(2026, 12, 2);

    public static TheoryData<int, int, string> Periods => new()
    {
        { 60, -1, "1,060 systems on 2 Dec 2026 (1,030 on 2 Nov, +2.9%). The period before: 1,030 systems on 2 Nov 2026, +2.9% since." },
        { 60, 29, "1,060 systems on 2 Dec 2026 (1,029 on 1 Nov, +3%). Not known of 2 Nov 2026, in the period before." },
        { 30, -1, "1,030 systems on 2 Dec 2026. No data in the period before (4 Oct 2026 to 2 Nov 2026)." },
    };

    [ChromiumTheory]
    [MemberData(nameof(Periods))]
    public async Task A_number_says_what_it_was_and_on_which_day_or_that_it_is_not_known(int days, int unknown, string summary)
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, days, false, Overviews.Count(Enumerable.Range(0, days).Select(day => day == unknown ? null : (double?)(1001 + day)))));
        var page = await visit.OpenAsync(sites.Demo, "/?range=30d&table:active-systems=1");
        var card = await visit.CardAsync("active-systems");
        var alone = await card.Locator("canvas").FingerprintAsync();
        await page.GetByTitle("Compare with the period before").ClickAsync();

        await Expect(card.Locator(".summary")).ToHaveTextAsync(summary);
        await Expect(card.Locator("thead th")).ToHaveTextAsync(["Day", "systems", "Compared with", "systems before"]);
        await Expect(card.Locator("tbody tr").First.Locator("td")).ToHaveTextAsync([$"{1000 + days:N0}", "2 Nov 2026", days == 60 && unknown != 29 ? "1,030" : "–"]);
        Assert.Contains("compare=previous", page.Url, StringComparison.Ordinal);
        Assert.Contains("compare=previous", await card.GetByText("CSV", new() { Exact = true }).GetAttributeAsync("href") ?? "", StringComparison.Ordinal);
        Assert.Equal(days == 30, alone == await card.Locator("canvas").FingerprintAsync());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_day_is_read_with_both_of_its_values()
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, 60, false, Overviews.Count(Enumerable.Range(0, 60).Select(day => (double?)(1001 + day)))));
        await visit.OpenAsync(sites.Demo, "/?range=30d&compare=previous");
        var card = await visit.CardAsync("active-systems");
        await card.Locator(".plot").PressAsync("ArrowLeft");

        await Expect(card.Locator("[aria-live]")).ToHaveTextAsync(BothDays());
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Parts_of_a_whole_are_bars_by_label_and_can_be_looked_at_over_time()
    {
        var versions = Overviews.Metric(
            "core", "count-by", "share", null,
            ("1.0", Enumerable.Range(0, 60).Select(day => (double?)(100 - day))), ("2.0", Enumerable.Range(0, 60).Select(day => (double?)day)));
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, 60, false, versions));
        var page = await visit.OpenAsync(sites.Demo, "/?range=30d&table:core=1");
        var card = await visit.CardAsync("core");
        await Expect(card.Locator(".plot")).ToHaveRoleAsync(AriaRole.Group);
        await page.GetByTitle("Compare with the period before").ClickAsync();

        await Expect(card.Locator(".plot")).ToHaveRoleAsync(AriaRole.Img);
        await Expect(card.Locator(".legend-box")).ToHaveTextAsync("Grey: the same day of the period before, 4 Oct 2026 to 2 Nov 2026.");
        await Expect(card.Locator("thead th")).ToHaveTextAsync(["Day", "2.0", "1.0", "Total", "Compared with", "2.0 before", "1.0 before", "Total before"]);
        await Expect(card.Locator("tbody tr").First.Locator("td")).ToHaveTextAsync(["59", "41", "100", "2 Nov 2026", "29", "71", "100"]);
        await card.GetByText("Over time", new() { Exact = true }).ClickAsync();
        await Expect(card.Locator(".plot")).ToHaveRoleAsync(AriaRole.Group);
        await Expect(card.Locator(".legend-box")).ToContainTextAsync("Dashed: all of them in the period before");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Of_a_year_before_that_the_overview_has_by_weeks_every_day_is_fetched()
    {
        await using var visit = await sites.VisitAsync();
        await visit.OpenAsync(sites.Old, "/?compare=previous");
        var card = await visit.CardAsync("active-systems");

        await Expect(card.Locator(".summary")).ToContainTextAsync(YearBefore());
        Assert.Contains(visit.Requests, request => new Uri(request.Url).AbsolutePath == "/charts/active-systems");
        visit.AssertQuiet();
    }

    [GeneratedRegex(@"2 Dec 2026, beside .*2 Nov 2026, systems\s+1,060\s+1,030$")]
    private static partial Regex BothDays();

    [GeneratedRegex(@" The period before: [\d,]+ systems on \d+ \w+ \d{4}, [+-][\d.]+% since\.")]
    private static partial Regex YearBefore();
}
