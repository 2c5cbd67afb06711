using System.Net.Http.Json;
using Microsoft.Playwright;
using TelemetryFunctions.Charts;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>Drawings as a browser shows them: alone in a frame.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EmbedPageTests(Sites sites)
{
    private static readonly string[] Charts =
        ["active-systems", "components/core", "components/core?by=xyz", "workers?by=p95", "users", "demography?by=accumulated", "postgresql-versions"];

    [ChromiumTheory]
    [InlineData(ColorScheme.Light, "", "rgb(255, 255, 255)")]
    [InlineData(ColorScheme.Dark, "", "rgb(26, 26, 25)")]
    [InlineData(ColorScheme.Dark, "?theme=light", "rgb(255, 255, 255)")]
    [InlineData(ColorScheme.Light, "?theme=dark", "rgb(26, 26, 25)")]
    public async Task It_has_the_colours_that_the_reader_or_the_site_around_it_wants(ColorScheme scheme, string query, string ground)
    {
        await using var visit = await sites.VisitAsync(new() { ColorScheme = scheme });
        await visit.Page.GotoAsync(sites.Demo.At("/embed/components/core" + query).AbsoluteUri);

        Assert.Equal(ground, await visit.Page.Locator(".ground").EvaluateAsync<string>("ground => getComputedStyle(ground).fill"));
        visit.AssertQuiet();
    }

    /// <summary>Nobody measured the texts when it was drawn.</summary>
    [ChromiumTheory]
    [InlineData(240, 120)]
    [InlineData(800, 400)]
    [InlineData(2000, 400)]
    public async Task No_text_is_cut_off_and_none_lies_upon_another(int width, int height)
    {
        await using var visit = await sites.VisitAsync();
        foreach (var chart in Charts)
        {
            var path = $"/embed/{chart}{(chart.Contains('?', StringComparison.Ordinal) ? '&' : '?')}width={width}&height={height}";
            await visit.Page.GotoAsync(sites.Demo.At(path).AbsoluteUri);
            var texts = await visit.Page.EvaluateAsync<double[][]>(
                "() => [...document.querySelectorAll('svg text')].map(text => text.getBBox()).map(({ x, y, width, height }) => [x, y, x + width, y + height])");

            Assert.NotEmpty(texts);
            Assert.All(texts, text => Assert.True(text[0] >= 0 && text[1] >= 0 && text[2] <= width && text[3] <= height, $"{path}: {string.Join(' ', text)}"));
            foreach (var (i, a) in texts.Index())
            {
                foreach (var b in texts.Skip(i + 1))
                {
                    var (across, down) = (Math.Min(a[2], b[2]) - Math.Max(a[0], b[0]), Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]));
                    Assert.False(across > 2 && down > 5, $"{path}: {string.Join(' ', a)} and {string.Join(' ', b)}");
                }
            }
        }

        visit.AssertQuiet();
    }

    [ChromiumTheory]
    [InlineData(320)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task An_audit_finds_no_violation(int width)
    {
        await using var visit = await sites.VisitAsync(new() { BypassCSP = true, ViewportSize = new() { Width = width, Height = 480 } });
        foreach (var chart in new[] { "components/core", "users" })
        {
            await visit.Page.GotoAsync(sites.Demo.At("/embed/" + chart).AbsoluteUri);
            Assert.Empty(await visit.Page.AuditAsync());
        }
    }

    [ChromiumFact]
    public async Task Names_from_reports_are_text()
    {
        await using var visit = await sites.VisitAsync();
        var entries = (await sites.Young.Client.GetFromJsonAsync<ChartEntry[]>("/charts"))!;
        foreach (var name in (string[])[HostileLabels.Script, HostileLabels.Image, HostileLabels.Bidi, HostileLabels.Path])
        {
            var entry = entries.Single(entry => entry.Id == "components/" + name);
            await visit.Page.GotoAsync(sites.Young.At(entry.Href.Replace("/charts/", "/embed/", StringComparison.Ordinal)).AbsoluteUri);

            Assert.Equal($"{name} · Versions", await visit.Page.Locator("svg > title").TextContentAsync());
            Assert.Equal(0, await visit.Page.Locator("script, img, b, i").CountAsync());
            Assert.Equal(sites.Young.At("/").AbsoluteUri, await visit.Page.Locator("a").EvaluateAsync<string>("link => link.href"));
        }

        visit.AssertQuiet();
    }
}
