using System.Text.RegularExpressions;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Tests.Languages;

public sealed partial class TextTableTests
{
    [Fact]
    public void A_text_can_stand_in_HTML_as_it_is() => Assert.All(TextTables.All, table => Assert.All(table.Keys, key => Assert.All(table.FindAll(key), text =>
    {
        Assert.DoesNotMatch("[&\"'<>]", Element().Replace(text, ""));
        Assert.NotEqual("", text.Trim());
    })));

    [Fact]
    public void Values_are_text_in_HTML_and_what_they_are_elsewhere()
    {
        var values = ("product", (object)"<b>&");

        Assert.Equal("<b>& telemetry", Texts.English.Say("page.titleOf", values));
        Assert.Equal("&lt;b&gt;&amp; telemetry", Texts.English.Html("page.titleOf", values));
        Assert.Equal("<b>x</b> telemetry", Texts.English.Html("page.titleOf", ("product", new Markup("<b>x</b>"))));
    }

    [Theory]
    [InlineData(1, "1 day")]
    [InlineData(0, "0 days")]
    [InlineData(3650, "3,650 days")]
    public void A_number_chooses_its_form(int days, string text) => Assert.Equal(text, Texts.English.Say("adoption.days", ("count", days)));

    [Fact]
    public void A_text_that_there_is_not_and_a_value_that_is_missing_are_errors()
    {
        Assert.Throws<KeyNotFoundException>(() => Texts.English["page.nothing"]);
        Assert.Throws<KeyNotFoundException>(() => Texts.English.Say("page.titleOf"));
    }

    [Fact]
    public void Links_ask_for_the_language_that_was_asked_for()
    {
        var asked = Texts.English with { IsAsked = true };

        Assert.Equal("./catalogue#metrics", Texts.English.Link("./catalogue#metrics"));
        Assert.Equal("./catalogue?lang=en#metrics", asked.Link("./catalogue#metrics"));
        Assert.Equal("?range=30d&lang=en", asked.Link("?range=30d"));
    }

    /// <summary>The elements that texts may have.</summary>
    [GeneratedRegex(@"</?(strong|em|bdi)>|<a href=""[#{][\w}]+"">|</a>")]
    private static partial Regex Element();
}
