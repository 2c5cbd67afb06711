using System.Text;
using System.Text.RegularExpressions;
using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Tests.Charts.Page;

public sealed partial class ChartPageHtmlTests
{
    private static readonly WebAssets Assets = WebAssets.Load(typeof(WebAssets).Assembly);

    [Fact]
    public async Task The_page_names_its_assets_by_hash_and_can_be_asked_again_cheaply()
    {
        var page = new ChartPageHtml(Assets, new PageOptions("Pulp"));
        var (status, headers, body) = await new PageRequest().RunAsync(page.Respond);
        var html = Encoding.UTF8.GetString(body);

        Assert.Equal(200, status);
        Assert.Equal("text/html; charset=utf-8", headers.ContentType);
        Assert.Equal("no-cache", headers.CacheControl);
        Assert.Equal(ChartPageHtml.ContentSecurityPolicy, headers.ContentSecurityPolicy);
        Assert.Contains("<title>Pulp telemetry</title>", html, StringComparison.Ordinal);
        foreach (var asset in Assets.All)
            Assert.Contains($"\"{asset.Path}\"", html, StringComparison.Ordinal);

        var (again, _, nothing) = await new PageRequest(ifNoneMatch: headers.ETag).RunAsync(page.Respond);
        Assert.Equal(304, again);
        Assert.Empty(nothing);
    }

    [Theory]
    [InlineData("</title><script>alert(1)</script>")]
    [InlineData("\" onload=\"alert(1)")]
    [InlineData("'&<>\"")]
    public void A_product_name_is_text(string product)
    {
        var html = ChartPageHtml.Render(Assets, new PageOptions(product));

        Assert.DoesNotContain(product, html, StringComparison.Ordinal);
        Assert.Single(Script().Matches(html));
        Assert.Equal(Tag().Count(ChartPageHtml.Render(Assets, new PageOptions("x"))), Tag().Count(html));
    }

    [Fact]
    public void Nothing_is_inline_and_nothing_comes_from_elsewhere()
    {
        var html = ChartPageHtml.Render(Assets, new PageOptions("x"));

        Assert.DoesNotMatch("<style|style=| on[a-z]+=|//[a-z]", html);
        Assert.All(Script().Matches(html), match => Assert.Contains("src=\"/assets/", match.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", ChartPageHtml.ContentSecurityPolicy, StringComparison.Ordinal);
    }

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("<[a-z!/]")]
    private static partial Regex Tag();
}
