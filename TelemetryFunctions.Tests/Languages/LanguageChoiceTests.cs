using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Tests.Languages;

public sealed class LanguageChoiceTests
{
    [Theory]
    [InlineData("?lang=de", "en", "en", "de")]
    [InlineData("?lang=DE", "", "en", "de")]
    [InlineData("?lang=en", "de", "de", "en")]
    [InlineData("", "de", "en", "de")]
    [InlineData("", "de-AT,en;q=0.9", "en", "de")]
    [InlineData("", "en;q=0.8,de;q=0.9", "en", "de")]
    [InlineData("", "fr,de;q=0.5,en;q=0.4", "en", "de")]
    [InlineData("", "de-Latn-CH-1996", "en", "de")]
    [InlineData("", "de;q=0,en;q=0.1", "de", "en")]
    [InlineData("", "fr", "de", "de")]
    [InlineData("", "*", "de", "de")]
    [InlineData("", "", "de", "de")]
    [InlineData("", "nonsense;;q=x", "en", "en")]
    [InlineData("?lang=xx", "de", "en", "de")]
    [InlineData("?lang=", "de", "en", "de")]
    public void An_address_counts_more_than_a_browser_and_a_browser_more_than_the_site(string query, string accepted, string site, string language)
    {
        var request = Request(query, accepted);

        Assert.Equal(language, LanguageChoice.TextsFor(request, site).Language);
        Assert.Equal(language, request.HttpContext.Response.Headers.ContentLanguage);
    }

    [Fact]
    public void What_depends_on_the_browser_says_so()
    {
        var (asked, liked) = (Request("?lang=de", "en"), Request("", "de"));

        Assert.True(LanguageChoice.TextsFor(asked, "en").IsAsked);
        Assert.False(LanguageChoice.TextsFor(liked, "en").IsAsked);
        Assert.Equal("", asked.HttpContext.Response.Headers.Vary.ToString());
        Assert.Equal("Accept-Language", liked.HttpContext.Response.Headers.Vary.ToString());
    }

    private static HttpRequest Request(string query, string accepted)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        if (accepted.Length > 0)
            request.Headers.AcceptLanguage = accepted;
        return request;
    }
}
