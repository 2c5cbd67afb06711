using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Http;

namespace TelemetryFunctions.Tests.Http;

public sealed class SiteAddressTests
{
    [Theory]
    [InlineData("http", "example.org", "/feed.atom", "", "http://example.org/")]
    [InlineData("https", "example.org:8443", "/telemetry/feed.atom", "", "https://example.org:8443/telemetry/")]
    [InlineData("http", "example.org", "/FEED.ATOM", "https", "https://example.org/")]
    [InlineData("http", "example.org", "/feed.atom", "https, http", "https://example.org/")]
    [InlineData("https", "example.org", "/feed.atom", "http", "https://example.org/")]
    [InlineData("http", "example.org", "/feed.atom", "javascript", "http://example.org/")]
    [InlineData("http", "", "/feed.atom", "", "http://localhost/")]
    [InlineData("http", "example.org:99999", "/feed.atom", "", "http://localhost/")]
    public void It_is_where_the_client_asked(string scheme, string host, string path, string forwarded, string site)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.Path) = (scheme, new HostString(host), path);
        request.Headers["X-Forwarded-Proto"] = forwarded;

        Assert.Equal(site, SiteAddress.Of(request, "feed.atom"));
    }

    [Fact]
    public void A_page_that_is_the_site_ends_in_a_slash()
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.PathBase, request.Path) = ("https", new HostString("example.org"), "/telemetry", "/");

        Assert.Equal("https://example.org/telemetry/", SiteAddress.Of(request, ""));
    }
}
