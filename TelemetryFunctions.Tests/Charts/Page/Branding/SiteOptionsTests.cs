using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Charts.Page.Branding;
using TelemetryFunctions.Tests.Deployment;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Page.Branding;

public sealed class SiteOptionsTests : IDisposable
{
    private const string Svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>""";

    private const string Yaml = """
        title: Pulp in the wild
        sentence: Pulp mirrors & serves packages.
        logo: logo.svg
        accent: "#0a7d33"
        accent-dark: "#7be0a0"
        links:
          source: https://example.org/source
          imprint: mailto:imprint@example.org
          privacy: https://example.org/privacy
          opt-out: https://example.org/opt-out?a=1&b=2
        """;

    private readonly TemporaryDirectory _directory = new();

    public SiteOptionsTests() => File.WriteAllText(Path("logo.svg"), Svg);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_site_has_nothing_of_its_own_unless_told_so()
    {
        var site = Read();

        Assert.Equal(new SiteOptions(), site);
        Assert.Equal(("", "", null, null), (site.Title, site.Sentence, site.Logo, site.Accent));
        Assert.Empty(site.Links.All);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/catalogue")]
    [InlineData("/packages")]
    [InlineData("/packages/vendor/nothing")]
    public async Task What_a_site_has_of_its_own_is_on_every_page(string path)
    {
        File.WriteAllText(Path("site.yaml"), Yaml);
        await using var site = await TestSite.StartAsync(System.IO.Path.Combine(_directory, "data"), settings: "--Telemetry:SiteFile=" + Path("site.yaml"));

        using var response = await site.Client.GetAsync(path);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Contains("Pulp in the wild", page, StringComparison.Ordinal);
        Assert.Contains("""<a href="https://example.org/opt-out?a=1&amp;b=2">How to opt out</a>""", page, StringComparison.Ordinal);
        Assert.Contains("""<a href="mailto:imprint@example.org">Imprint</a>""", page, StringComparison.Ordinal);
        Assert.Contains("width=\"56\" height=\"28\"", page, StringComparison.Ordinal);
        Assert.Equal(path == "/", page.Contains("<p class=\"wrap sentence\">Pulp mirrors &amp; serves packages.</p>", StringComparison.Ordinal));
        var assets = System.Text.RegularExpressions.Regex.Matches(page, "assets/(logo|accent)-[0-9a-f]{12}\\.(svg|css)").Select(match => match.Value).Distinct().ToList();
        Assert.Equal(2, assets.Count);
        Assert.Equal(Svg, await site.GetAsync("/" + assets.Single(asset => asset.EndsWith(".svg", StringComparison.Ordinal))));
        Assert.Equal(Svg, await site.GetAsync("/favicon.ico"));
        Assert.Equal(":root{--accent:light-dark(#0a7d33,#7be0a0)}", await site.GetAsync("/" + assets.Single(asset => asset.EndsWith(".css", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_logo_that_is_opened_by_itself_may_do_nothing()
    {
        await using var site = await TestSite.StartAsync(System.IO.Path.Combine(_directory, "data"), settings: "--Telemetry:Site:Logo=" + Path("logo.svg"));

        using var response = await site.Client.GetAsync("/favicon.ico");

        Assert.Matches("^default-src 'none';.*; sandbox$", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public void A_setting_counts_more_than_the_file()
    {
        File.WriteAllText(Path("site.yaml"), Yaml);

        var site = Read(("SiteFile", Path("site.yaml")), ("Site:Title", " Ours "), ("Site:Links:Privacy", "https://example.com/"));

        Assert.Equal("Ours", site.Title);
        Assert.Equal("Pulp mirrors & serves packages.", site.Sentence);
        Assert.Equal(new SiteLinks("https://example.org/source", "mailto:imprint@example.org", "https://example.com/", "https://example.org/opt-out?a=1&b=2"), site.Links);
        Assert.Equal((40, 20), (site.Logo!.Width, site.Logo.Height));
    }

    [Theory]
    [InlineData("titel: x", "line 1: titel: there is no such key; there are accent, accent-dark, language, links, logo, sentence, title.")]
    [InlineData("title: x\nlinks:\n  source: nowhere", "line 3: source: \"nowhere\" must be an address such as https://example.org/privacy, or mailto:, of at most 2000 characters.")]
    [InlineData("links:\n  terms: https://example.org", "line 2: terms: there is no such key; there are imprint, opt-out, privacy, source.")]
    [InlineData("title: [a]", "line 1: title: it must be a text.")]
    [InlineData("- title", "line 1: a site's file is a mapping with keys such as \"title\".")]
    [InlineData("accent: blue", "line 1: accent: \"blue\" must be a colour such as #1d5fb3.")]
    public void An_error_in_the_file_names_its_line(string yaml, string error)
    {
        File.WriteAllText(Path("site.yaml"), yaml);

        Assert.Equal($"{Path("site.yaml")}, {error}", Error(("SiteFile", Path("site.yaml"))));
    }

    [Theory]
    [InlineData("Site:Title", "a\nb", "a title of at most 64 characters, in one line")]
    [InlineData("Site:Links:Imprint", "javascript:alert(1)", "an address such as https://example.org/privacy, or mailto:, of at most 2000 characters")]
    [InlineData("Site:Accent", "#ffcc00", "a colour with a contrast of at least 4.5:1 on the light grounds #ffffff and #f7f7f4, and it has 1.4:1; #876c00 has enough")]
    [InlineData("Site:AccentDark", "#ffffff", "left out where there is no colour for light grounds")]
    public void An_unusable_setting_says_what_it_must_be(string name, string value, string wanted) =>
        Assert.Equal($"Telemetry__{name.Replace(":", "__", StringComparison.Ordinal)} is \"{value}\"; it must be {wanted}.", Error((name, value)));

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Assert.StartsWith($"Telemetry__SiteFile is \"{Path("none.yaml")}\"; it must be the path of a YAML file that can be read (", Error(("SiteFile", Path("none.yaml"))), StringComparison.Ordinal);
        Assert.StartsWith($"Telemetry__Site__Logo is \"{Path("none.png")}\"; it must be the path of an SVG or PNG file that can be read (", Error(("Site:Logo", Path("none.png"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_logo_that_every_visitor_would_wait_for_is_refused()
    {
        File.WriteAllText(Path("large.svg"), Svg + new string(' ', SiteLogo.MaxBytes));

        Assert.EndsWith($", of at most 64 KiB; it has {SiteLogo.MaxBytes + Svg.Length:N0} bytes.", Error(("Site:Logo", Path("large.svg"))), StringComparison.Ordinal);
    }

    /// <summary>Some blue has enough contrast on light grounds only, and is made lighter for the dark ones.</summary>
    [Fact]
    public void A_colour_for_dark_grounds_is_made_where_none_is_said()
    {
        var accent = Read(("Site:Accent", "#15B")).Accent!;

        Assert.Equal("#1155bb", accent.Light);
        Assert.True(Rgb.TryParse(accent.Dark, out var dark));
        foreach (var ground in AccentColour.DarkGrounds)
        {
            Assert.True(Rgb.TryParse(ground, out var on));
            Assert.InRange(dark.ContrastWith(on), 4.5, 6);
        }
    }

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#0000ff", "#ffffff", 8.59)]
    public void Contrast_is_that_of_WCAG(string a, string b, double expected)
    {
        Assert.True(Rgb.TryParse(a, out var left));
        Assert.True(Rgb.TryParse(b, out var right));
        Assert.Equal(expected, left.ContrastWith(right), 2);
        Assert.Equal(expected, right.ContrastWith(left), 2);
    }

    [Fact]
    public void The_grounds_are_those_of_the_style()
    {
        var style = Repository.Read("TelemetryFunctions", "web", "src", "app.css");
        var (surface, page) = (AccentColour.LightGrounds.Zip(AccentColour.DarkGrounds).First(), AccentColour.LightGrounds.Zip(AccentColour.DarkGrounds).Last());

        Assert.Contains($"--surface: light-dark({surface.First}, {surface.Second});", style, StringComparison.Ordinal);
        Assert.Contains($"--page: light-dark({page.First}, {page.Second});", style, StringComparison.Ordinal);
    }

    private string Path(string name) => System.IO.Path.Combine(_directory, name);

    private static string Error(params (string Name, string Value)[] settings) => Assert.Throws<StartupException>(() => Read(settings)).Message;

    private static SiteOptions Read(params (string Name, string Value)[] settings) => PageOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Telemetry:" + setting.Name, (string?)setting.Value)))
        .Build()).Site;
}
