using System.Xml.Linq;
using TelemetryFunctions.Charts.Svg;

namespace TelemetryFunctions.Tests.Charts.Svg;

public sealed class SvgTextTests
{
    [Theory]
    [InlineData("3.21 <&> \"'", "3.21 <&> \"'")]
    [InlineData("💥", "💥")]
    [InlineData("a\u0000b\u001Fc\uFFFEd", "a\uFFFDb\uFFFDc\uFFFDd")]
    public void Whatever_a_label_holds_the_drawing_can_be_read(string text, string read)
    {
        using var svg = new SvgWriter();
        svg.Open("svg").AddText("text", text, ("class", text), ("x", 1.5)).Close();

        var element = XDocument.Parse(svg.ToString()).Root!.Elements().Single();
        Assert.Equal((read, read, "1.5"), (element.Value, element.Attribute("class")!.Value, element.Attribute("x")!.Value));
        Assert.Equal("http://www.w3.org/2000/svg", element.Name.NamespaceName);
    }

    // Not theory data: what is no text does not survive a test runner.
    [Fact]
    public void Half_a_character_is_replaced()
    {
        Assert.Equal("\uFFFDx", SvgText.Clean("\uD83Dx"));
        Assert.Equal("x\uFFFD", SvgText.Clean("x\uDCA5"));
    }

    [Fact]
    public void A_text_is_cut_between_characters_and_says_so()
    {
        Assert.Equal("3.21.4", SvgText.Fit("3.21.4", 60, 12));
        Assert.Equal("abcdefg…", SvgText.Fit("abcdefghijkl", 65, 12));
        Assert.Equal("💥💥…", SvgText.Fit("💥💥💥💥💥", 65, 12));
        Assert.Equal("", SvgText.Fit("abc", 3, 12));
    }

    [Fact]
    public void A_number_has_a_point_and_no_more_digits_than_can_be_seen()
    {
        using var svg = new SvgWriter();
        svg.Add("rect", ("x", 1234.5678), ("y", 3));

        Assert.Contains("x=\"1234.57\" y=\"3\"", svg.ToString(), StringComparison.Ordinal);
    }
}
