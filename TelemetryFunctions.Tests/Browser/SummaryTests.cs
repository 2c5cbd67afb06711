using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>What a chart says of itself in a sentence: closed days, both of a change, and of one day only what is known of it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SummaryTests(Sites sites)
{
    private static readonly DateOnly Last = new(2026, 12, 2);

    public static TheoryData<int, string> Gaps => new()
    {
        { -1, "1,060 systems on 2 Dec 2026 (1,030 on 2 Nov, +2.9%)." },
        // Nothing is known of the day 30 days earlier: it is the one before.
        { 29, "1,060 systems on 2 Dec 2026 (1,029 on 1 Nov, +3%)." },
        { 59, "No data on 2 Dec 2026; last known: 1,059 systems on 1 Dec 2026." },
    };

    [ChromiumTheory]
    [MemberData(nameof(Gaps))]
    public async Task A_change_is_that_of_30_days_by_the_calendar_and_says_both(int unknown, string summary)
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, 60, false, Overviews.Count(Enumerable.Range(0, 60).Select(day => day == unknown ? null : (double?)(1001 + day)))));
        await visit.OpenAsync(sites.Demo);

        await Expect((await visit.CardAsync("active-systems")).Locator(".summary")).ToHaveTextAsync(summary);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Weeks_are_no_days()
    {
        // The last 20 days, and before them one day a week: the 30th point from the end is of long ago.
        var days = Enumerable.Range(0, 100).Select(week => Last.AddDays(-19 - 7 * (100 - week))).Concat(Enumerable.Range(0, 20).Select(day => Last.AddDays(day - 19))).ToList();
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(days, false, Overviews.Count(Enumerable.Range(0, days.Count).Select(day => (double?)(1000 + day)))));
        await visit.OpenAsync(sites.Demo, "/?range=all");

        await Expect((await visit.CardAsync("active-systems")).Locator(".summary")).ToHaveTextAsync("1,119 systems on 2 Dec 2026 (1,098 on 30 Oct, +1.9%).");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_young_site_is_compared_with_nothing_and_today_is_a_sentence_of_its_own()
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, 3, true, Overviews.Count(7, 8, 3)));
        await visit.OpenAsync(sites.Demo);

        await Expect((await visit.CardAsync("active-systems")).Locator(".summary")).ToHaveTextAsync("8 systems on 1 Dec 2026. Today so far: 3 systems (provisional).");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_series_that_is_shown_alone_is_what_the_sentence_is_about()
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, 40, false, Overviews.Metric(
            "c", "versions", "share", null, ("1.0", Enumerable.Repeat((double?)30, 40)), ("1.1", Enumerable.Range(1, 40).Select(day => (double?)day)))));
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("c");
        await Expect(card.Locator(".summary")).ToHaveTextAsync("70 systems on 2 Dec 2026 (40 on 2 Nov, +75%); most: 1.1 57%.");
        await card.Locator(".legend button").First.ClickAsync();

        await Expect(card.Locator(".summary")).ToHaveTextAsync("1.1: 40 systems, 57% of 70 on 2 Dec 2026 (10 on 2 Nov, +300%).");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task The_only_version_is_named()
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, 5, false, Overviews.Metric("c", "versions", "share", null, ("1.0", Enumerable.Repeat((double?)3, 5)))));
        await visit.OpenAsync(sites.Demo);
        var card = await visit.CardAsync("c");

        await Expect(card.Locator(".summary")).ToHaveTextAsync("3 systems on 2 Dec 2026; all: 1.0.");
        await Expect(card.Locator(".legend bdi")).ToHaveTextAsync("1.0");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Systems_that_are_counted_elsewhere_only_when_they_are_older_are_explained()
    {
        await using var visit = await sites.VisitAsync();
        await visit.ShowAsync(Overviews.Of(Last, 2, false, Overviews.Count(5, 6), Overviews.Metric("a", "age", "share", null, ("under 1 week", [2, 3]), ("1-4 weeks", [5, 5]))));
        await visit.OpenAsync(sites.Demo);

        await Expect((await visit.CardAsync("a")).Locator(".counted")).ToHaveTextAsync(new Regex("2 of them are too young to be counted in other charts"));
        visit.AssertQuiet();
    }
}
