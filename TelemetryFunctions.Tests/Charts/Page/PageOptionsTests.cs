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

    private static PageOptions Read(string? product) => PageOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Telemetry:Product", product)]).Build());
}
