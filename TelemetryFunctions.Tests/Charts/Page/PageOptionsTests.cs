using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Page;

public sealed class PageOptionsTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/catalogue")]
    [InlineData("/packages")]
    public async Task The_product_is_named_on_every_page_as_text(string path)
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, settings: "--Telemetry:Product=Pulp <3> & more");

        var page = await site.GetAsync(path);

        Assert.Contains("Pulp &lt;3&gt; &amp; more", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<3>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("  ", "")]
    [InlineData(" Pulp ", "Pulp")]
    public void A_site_names_no_product_unless_told_so(string? setting, string product) => Assert.Equal(product, Read(setting).Product);

    [Fact]
    public void A_product_that_does_not_fit_is_refused()
    {
        var longest = new string('x', PageOptions.MaxLength);

        Assert.Equal(longest, Read(longest).Product);
        Assert.Equal(
            $"Telemetry__Product is \"{longest}x\"; it must be a name of at most 64 characters.",
            Assert.Throws<StartupException>(() => Read(longest + "x")).Message);
    }

    [Theory]
    [InlineData(null, "'none'")]
    [InlineData(" ", "'none'")]
    [InlineData("none", "'none'")]
    [InlineData("*", "*")]
    [InlineData("self", "'self'")]
    [InlineData("self  https://example.org https://*.Example.org:8443 http://localhost:*", "'self' https://example.org https://*.Example.org:8443 http://localhost:*")]
    public async Task Sites_may_frame_the_pages_where_a_setting_lets_them(string? setting, string expected)
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, settings: setting is null ? [] : ["--Telemetry:FrameAncestors=" + setting]);

        foreach (var path in (string[])["/", "/catalogue", "/packages", "/packages/vendor/nothing"])
        {
            using var response = await site.Client.GetAsync(path);
            Assert.EndsWith("; frame-ancestors " + expected, Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("https://example.org/path")]
    [InlineData("https://example.org, https://example.com")]
    [InlineData("https://example.org; script-src *")]
    [InlineData("https://*")]
    [InlineData("https://example.org none")]
    [InlineData("https://example.org\n")]
    [InlineData("'self'")]
    [InlineData("javascript:")]
    public void What_is_no_list_of_sites_is_refused(string setting)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Telemetry:FrameAncestors", (string?)$"{setting} https://last.example")]).Build();

        var error = Assert.Throws<StartupException>(() => PageOptions.Read(configuration));

        Assert.StartsWith("Telemetry__FrameAncestors is \"", error.Message, StringComparison.Ordinal);
    }

    private static PageOptions Read(string? product) => PageOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Telemetry:Product", product)]).Build());
}
