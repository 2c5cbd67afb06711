using System.Net;
using System.Text.RegularExpressions;
using TelemetryFunctions.Languages;
using static Microsoft.Playwright.Assertions;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The pages in the language of who looks at them.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class LanguageTests(Sites sites)
{
    // Everything that is said in words: what is seen, and what is said of it to who does not see.
    private const string Said =
        "() => [document.title, document.body.innerText, ...[...document.querySelectorAll('[aria-label],[title],[placeholder]')].flatMap(one => [one.ariaLabel, one.title, one.placeholder])].filter(Boolean).join('\\n')";

    // So long, a text is no word that both languages have.
    private const int Telling = 9;

    // The catalogue is English, and may say the same.
    private static readonly string Catalogue = Deployment.Repository.Read("TelemetryFunctions", "metrics.yaml");

    private static readonly List<string> English =
    [
        .. Texts.English.Table.Keys.Where(key => !key.StartsWith("language.", StringComparison.Ordinal))
            .Where(key => !Texts.English.Table.FindAll(key).SequenceEqual(TextTables.Find("de")!.FindAll(key)))
            .SelectMany(Texts.English.Table.FindAll)
            .SelectMany(text => Place().Split(text)).Select(part => part.Trim(' ', '.', ',', ':', ';')).Where(part => part.Length >= Telling && !Catalogue.Contains(part, StringComparison.Ordinal)),
    ];

    [ChromiumFact]
    public async Task A_German_browser_gets_German_pages_with_its_own_numbers_and_days()
    {
        await using var visit = await sites.VisitAsync(new() { Locale = "de-DE", ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = await visit.OpenAsync(sites.Old, "/?table:active-systems=1&range=all&only:components/core=3.51");
        await visit.CardAsync("active-systems");

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Expect(page.Locator(".fresh")).ToContainTextAsync(Through());
        await Expect(page.Locator("[id=\"active-systems\"] .summary")).ToContainTextAsync(Summary());
        AssertGerman(await page.EvaluateAsync<string>(Said));
        await page.Locator("[id=\"components/core\"] .plot").PressAsync("ArrowLeft");
        AssertGerman(await page.EvaluateAsync<string>(Said));
        visit.AssertQuiet();
    }

    [ChromiumTheory]
    [InlineData("/catalogue")]
    [InlineData("/adoption/components/core")]
    [InlineData("/packages")]
    [InlineData("/packages?q=nothing")]
    [InlineData("/packages/pulp/nothing")]
    public async Task Every_page_is_German_for_who_asks_for_it_and_leads_to_German_ones(string path)
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=de");

        AssertGerman(await page.EvaluateAsync<string>(Said));
        foreach (var link in await page.Locator("header.site a, main a[href*=packages]").EvaluateAllAsync<string[]>("links => links.map(link => link.href)"))
            Assert.Contains("lang=de", link, StringComparison.Ordinal);
        await Expect(page.Locator(".foot").GetByText("English")).ToHaveAttributeAsync("href", "?lang=en");
    }

    [ChromiumFact]
    public async Task Another_language_shows_the_same()
    {
        await using var visit = await sites.VisitAsync();
        var page = await visit.OpenAsync(sites.Demo, "/?range=90d");
        await page.Locator(".toolbar").GetByText("Share", new() { Exact = true }).ClickAsync();
        await page.Locator(".foot").GetByText("Deutsch").ClickAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Expect(page.Locator(".toolbar [aria-pressed=true]")).ToHaveTextAsync(["90 Tage", "Anteil"]);
        await page.Locator(".toolbar").GetByText("1 Jahr").ClickAsync();
        Assert.Contains("lang=de", page.Url, StringComparison.Ordinal);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Without_script_the_page_is_in_the_language_too()
    {
        var html = WebUtility.HtmlDecode(await sites.Demo.Client.GetStringAsync("/?lang=de"));

        AssertGerman(Tag().Replace(html[html.IndexOf("<body", StringComparison.Ordinal)..], " "));
        Assert.Contains("Die Diagramme brauchen JavaScript.", html, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task A_drawing_speaks_the_language_that_its_page_asks_for()
    {
        var svg = await sites.Old.Client.GetStringAsync("/charts/active-systems?format=svg&lang=de&from=2026-03-01&to=2026-03-31");

        Assert.Contains("Systeme, 1. März 2026 bis 31. März 2026", svg, StringComparison.Ordinal);
        Assert.Contains("1. März 2026 bis", await sites.Old.Client.GetStringAsync("/embed/active-systems?lang=de&from=2026-03-01&to=2026-03-31"), StringComparison.Ordinal);
    }

    private static void AssertGerman(string said)
    {
        Assert.NotEqual("", said);
        Assert.All(English, text => Assert.DoesNotMatch($@"(?<!\w){Regex.Escape(text)}(?!\w)", said));
    }

    [GeneratedRegex(@"\{\w+\}|<[^>]*>")]
    private static partial Regex Place();

    [GeneratedRegex("<(script|style).*?</\\1>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^Daten bis \d+\. \w+\.? \d{4}\. Nächste Auswertung (um|am) ")]
    private static partial Regex Through();

    [GeneratedRegex(@"^\d\.\d{3} Systeme am \d+\. \w+\.? \d{4} \(\d(\.\d)?\d+ am \d+\. \w+\.?, [+-]?\d+(,\d)?\s%\)")]
    private static partial Regex Summary();
}
