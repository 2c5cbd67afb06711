using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>The colours of every chart: no two are the same, and neighbours are apart for everyone.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ColourTests(Sites sites)
{
    /// <summary>Steps of a scale go from dark to light, so that they are nearer to each other.</summary>
    private const double StepsApart = 0.045;

    private const double LeastContrast = 3;

    /// <summary>Of each chart its id, whether its series are steps, and their colours in the order in which they touch.</summary>
    private const string Colours = """
        () => [...document.querySelectorAll('article')].map((card) => ({
          id: card.id,
          isScale: card.querySelector('.legend .order')?.textContent === 'From the lowest:',
          colours: [...card.querySelectorAll('.legend .swatch')].map((swatch) =>
            '#' + getComputedStyle(swatch).backgroundColor.match(/\d+/g).map((value) => Number(value).toString(16).padStart(2, '0')).join('')),
        }))
        """;

    [ChromiumTheory]
    [InlineData("demo", ColorScheme.Light)]
    [InlineData("demo", ColorScheme.Dark)]
    [InlineData("hub", ColorScheme.Light)]
    [InlineData("hub", ColorScheme.Dark)]
    public async Task No_two_series_of_a_chart_look_the_same(string name, ColorScheme scheme)
    {
        var site = name == "demo" ? sites.Demo : sites.Hub;
        var charts = await site.Client.GetAsync("/charts").Result.Content.ReadAsStreamAsync();
        var ids = JsonDocument.Parse(charts).RootElement.EnumerateArray().Select(chart => Uri.EscapeDataString(chart.GetProperty("id").GetString()!)).ToList();
        var overTime = string.Concat(ids.Select(id => $"&mode:{id}=time"));
        var patches = string.Concat(ids.Select(id => $"&by:{id}=xyz"));
        var many = string.Concat(ids.Select(id => $"&all:{id}=1"));
        await using var visit = await sites.VisitAsync(new() { ColorScheme = scheme });
        var seen = 0;
        foreach (var query in new[] { "range=30d", "range=90d", "range=1y", "range=all", $"range=1y{patches}", $"range=all{patches}{many}" })
        {
            var page = await visit.OpenAsync(site, $"/?{query}{overTime}");
            await Assertions.Expect(page.Locator("article[aria-busy]")).ToHaveCountAsync(0);
            foreach (var chart in (await page.EvaluateAsync<JsonElement>(Colours)).EnumerateArray())
            {
                var colours = chart.GetProperty("colours").EnumerateArray().Select(colour => colour.GetString()!).ToList();
                seen += colours.Count;
                AssertApart($"{chart.GetProperty("id").GetString()}?{query[..Math.Min(query.Length, 20)]}", colours, chart.GetProperty("isScale").GetBoolean() ? StepsApart : ColourVision.Apart, scheme);
            }
        }

        Assert.True(seen > 100, $"{seen} series are too few to show anything.");
        visit.AssertQuiet();
    }

    [ChromiumTheory]
    [InlineData(ColorScheme.Light, Sites.Accent)]
    [InlineData(ColorScheme.Dark, Sites.AccentDark)]
    public async Task Charts_of_one_colour_have_the_sites_own_beside_a_grey_that_is_apart(ColorScheme scheme, string own)
    {
        await using var visit = await sites.VisitAsync(new() { ColorScheme = scheme });
        await visit.OpenAsync(sites.Hub, "/?range=30d&compare=previous");
        var drawn = (await (await visit.CardAsync("integrations")).Locator("canvas").ColoursAsync())
            .Select(colour => "#" + string.Concat(System.Text.RegularExpressions.Regex.Matches(colour, @"\d+").Select(part => int.Parse(part.Value, CultureInfo.InvariantCulture).ToString("x2", CultureInfo.InvariantCulture))))
            .ToList();

        Assert.Contains(own, drawn.Take(3));
        Assert.DoesNotContain("#2b63b0", drawn);
        Assert.DoesNotContain("#6ea3ea", drawn);
        var grey = drawn.Where(colour => colour != own && ColourVision.Contrast(colour, Ground(scheme)) >= LeastContrast).First(colour => colour[1..3] == colour[3..5] || Math.Abs(Convert.ToInt32(colour[1..3], 16) - Convert.ToInt32(colour[3..5], 16)) < 4);
        Assert.All(ColourVision.Sights, sight => Assert.True(ColourVision.Distance(own, grey, sight) >= ColourVision.Apart, $"{own} and {grey}, {sight}"));
        visit.AssertQuiet();
    }

    [ChromiumTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_largest_series_is_not_the_palest(ColorScheme scheme)
    {
        var charts = new[] { (Labels("3.{0}", 3), 1), (Labels("3.{0}", 8), 4), (Labels("7.{0}", 2), 0), (Labels("word {0}", 5), 2), (["0", "1", "2-3", "4-7"], 3) }
            .SelectMany(chart => Enumerable.Range(0, 3).Select(shift => (Labels: chart.Item1.Select(label => label.Replace("{0}", $"{shift}", StringComparison.Ordinal)).ToArray(), Largest: chart.Item2)))
            .ToList();
        await using var visit = await sites.VisitAsync(new() { ColorScheme = scheme });
        await visit.ShowAsync(Overviews.Of(new DateOnly(2026, 11, 2), 2, false, [.. charts.Select((chart, i) => OneDay($"chart-{i}", chart.Labels, chart.Largest))]));
        var page = await visit.OpenAsync(sites.Demo, "/?" + string.Join('&', charts.Select((_, i) => $"mode:chart-{i}=time")));
        var seen = (await page.EvaluateAsync<JsonElement>(Colours)).EnumerateArray().ToList();
        var ground = Ground(scheme);

        Assert.Equal(charts.Count, seen.Count);
        foreach (var (i, (labels, _)) in charts.Index())
        {
            var colours = seen[i].GetProperty("colours").EnumerateArray().Select(colour => colour.GetString()!).ToList();
            var own = await page.Locator($"#chart-{i} .legend button", new() { HasText = "90" }).Locator(".swatch").EvaluateAsync<string>(
                "swatch => '#' + getComputedStyle(swatch).backgroundColor.match(/\\d+/g).map((value) => Number(value).toString(16).padStart(2, '0')).join('')");

            Assert.Equal(labels.Length, colours.Count);
            Assert.True(colours.Min(colour => ColourVision.Contrast(colour, ground)) < ColourVision.Contrast(own, ground), $"{string.Join(", ", labels)}: {own} of {string.Join(", ", colours)}");
        }
    }

    private static string Ground(ColorScheme scheme) => scheme == ColorScheme.Light ? "#ffffff" : "#1a1a19";

    private static string[] Labels(string format, int count) => [.. Enumerable.Range(1, count).Select(number => string.Format(CultureInfo.InvariantCulture, format.Replace("{0}", "{0}{{0}}", StringComparison.Ordinal), number))];

    private static void AssertApart(string chart, List<string> colours, double apart, ColorScheme scheme)
    {
        Assert.Equal((chart, colours.Count), (chart, colours.Distinct().Count()));
        foreach (var colour in colours)
            Assert.True(ColourVision.Contrast(colour, Ground(scheme)) >= LeastContrast, $"{chart}: {colour} has too little contrast.");
        foreach (var (a, b) in colours.Zip(colours.Skip(1)))
        {
            foreach (var sight in ColourVision.Sights)
                Assert.True(ColourVision.Distance(a, b, sight) >= apart, $"{chart}: {a} and {b}, {sight}: {ColourVision.Distance(a, b, sight):F3}");
        }
    }

    private static object OneDay(string id, string[] labels, int largest) => Overviews.Metric(
        id, labels[0] == "0" ? "histogram" : "count-by", "share", null,
        [.. labels.Select((label, i) => (label, Enumerable.Repeat((double?)(i == largest ? 90 : 5 + i), 2)))]);
}
