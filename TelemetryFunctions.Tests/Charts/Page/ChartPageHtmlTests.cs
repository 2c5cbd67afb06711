using System.Text.RegularExpressions;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Tests.Charts.Page;

public sealed partial class ChartPageHtmlTests
{
    private const string Site = "https://telemetry.example.org/";

    private static readonly WebAssets Assets = WebAssets.Load(typeof(WebAssets).Assembly);

    [Fact]
    public void The_page_names_its_assets_by_hash()
    {
        var html = ChartPageHtml.Render(Assets, new PageOptions("Pulp"), Texts.English, Site);

        Assert.Contains("<title>Pulp telemetry</title>", html, StringComparison.Ordinal);
        foreach (var name in (string[])["early.js", "app.js", "app.css", "icon.svg"])
            Assert.Contains($"\"./{Assets[name].Path}\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("</title><script>alert(1)</script>")]
    [InlineData("\" onload=\"alert(1)")]
    [InlineData("'&<>\"")]
    public void A_product_name_is_text(string product)
    {
        var html = ChartPageHtml.Render(Assets, new PageOptions(product), Texts.English, Site);

        Assert.DoesNotContain(product, html, StringComparison.Ordinal);
        Assert.Equal(2, Script().Count(html));
        Assert.Equal(Tag().Count(ChartPageHtml.Render(Assets, new PageOptions("x"), Texts.English, Site)), Tag().Count(html));
    }

    [Fact]
    public void Nothing_is_inline_and_nothing_comes_from_elsewhere()
    {
        var html = ChartPageHtml.Render(Assets, new PageOptions("x"), Texts.English, Site);

        Assert.DoesNotMatch("<style|style=| on[a-z]+=|//[a-z]", OpenGraph().Replace(html, ""));
        Assert.All(OpenGraph().Matches(html), match => Assert.DoesNotContain("//", match.Value.Replace(Site, "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(Script().Matches(html), match => Assert.Contains("src=\"./assets/", match.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", ChartPageHtml.ContentSecurityPolicy, StringComparison.Ordinal);
    }

    /// <summary>Addresses that others load, where they must be absolute.</summary>
    [GeneratedRegex("<meta property=\"og:[^>]*>")]
    private static partial Regex OpenGraph();

    /// <summary>Scripts that run; texts that one reads are data.</summary>
    [GeneratedRegex("<script(?! type=\"application/json\")[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("<[a-z!/]")]
    private static partial Regex Tag();
}
