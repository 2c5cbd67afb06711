using System.Text;
using TelemetryFunctions.Charts.Page.Branding;

namespace TelemetryFunctions.Tests.Charts.Page.Branding;

public sealed class SiteLogoTests
{
    /// <summary>Two by one pixels.</summary>
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAADklEQVR4nGOQjd/8H4QBEK0EXfdLNMwAAAAASUVORK5CYII=");

    [Theory]
    [InlineData("""<path fill="url(#a)" style="fill: url('#a')" d="M0 0"/><use href="#a"/><use xlink:href="#a"/>""")]
    [InlineData("""<image href="data:image/png;base64,iVBORw0KGgo="/><style>path { fill: #1d5fb3; }</style>""")]
    [InlineData("""<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="https://example.org"/></metadata><title>x</title>""")]
    public void A_picture_is_taken(string content)
    {
        var logo = ReadSvg($"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 32 16">{content}</svg>""", out var error);

        Assert.Equal("", error);
        Assert.Equal((32, 16, "logo.svg"), (logo!.Width, logo.Height, logo.FileName));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "the element <script>, which can do something")]
    [InlineData("<foreignObject/>", "the element <foreignObject>, which can do something")]
    [InlineData("""<x:body xmlns:x="http://www.w3.org/1999/xhtml"/>""", "the element <x:body>, which can do something")]
    [InlineData("""<g onload="alert(1)"/>""", "the attribute onload, which runs a script")]
    [InlineData("""<g ONLOAD="alert(1)"/>""", "the attribute ONLOAD, which runs a script")]
    [InlineData("""<image href="https://example.org/x.png"/>""", "the attribute href, which refers to something outside of it")]
    [InlineData("""<image href="//example.org/x.png"/>""", "the attribute href, which refers to something outside of it")]
    [InlineData("""<image href="data:image/svg+xml;base64,AAAA"/>""", "the attribute href, which refers to something outside of it")]
    [InlineData("""<use xmlns:l="http://www.w3.org/1999/xlink" l:href="other.svg#a"/>""", "the attribute l:href, which refers to something outside of it")]
    [InlineData("""<a href=" javascript:alert(1)"/>""", "the attribute href, which refers to something outside of it")]
    [InlineData("""<set attributeName="href" to="https://example.org"/>""", "the attribute attributeName, which moves what it refers to")]
    [InlineData("""<g xml:base="https://example.org/"/>""", "the attribute xml:base, which moves what it refers to")]
    [InlineData("""<rect fill="url(https://example.org/#a)"/>""", "the attribute fill, which loads something")]
    [InlineData("""<rect style="fill:url( 'x.svg#a' )"/>""", "the attribute style, which loads something")]
    [InlineData("<style>@import 'x.css';</style>", "a style that loads something")]
    [InlineData("<style><![CDATA[ rect { fill: URL(x.svg) } ]]></style>", "a style that loads something")]
    [InlineData(@"<style>rect { fill: u\72l(x.svg) }</style>", "a style that loads something")]
    [InlineData("<?xml-stylesheet href='x.css'?>", "the instruction <?xml-stylesheet?>")]
    public void What_is_more_than_a_picture_is_refused(string content, string reason)
    {
        Assert.Null(ReadSvg($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">\n{content}</svg>", out var error));

        Assert.Equal($"it is no such SVG: it has {reason} (line 2)", error);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("<html/>")]
    [InlineData("<svg viewBox='0 0 1 1'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 1'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='100%' height='100%'/>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>&a;</svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><g></svg>")]
    public void What_is_no_SVG_is_refused(string file)
    {
        Assert.Null(ReadSvg(file, out var error));
        Assert.StartsWith("it is no such SVG: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Width_and_height_do_where_there_is_no_box() =>
        Assert.Equal((12.5, 10), ReadSvg("<svg xmlns='http://www.w3.org/2000/svg' width='12.5px' height='10'/>", out _) is { } logo ? (logo.Width, logo.Height) : default);

    [Fact]
    public void A_PNG_is_taken_with_its_size()
    {
        Assert.True(PngFile.IsPng(Png));
        Assert.Equal((2, 1, "logo.png"), PngFile.Read(Png, out _) is { } logo ? (logo.Width, logo.Height, logo.FileName) : default);
    }

    [Fact]
    public void A_PNG_of_which_any_byte_is_wrong_or_missing_is_refused()
    {
        for (var i = 8; i < Png.Length; i++)
        {
            var damaged = Png.ToArray();
            damaged[i] ^= 1;
            Assert.Null(PngFile.Read(damaged, out _));
            Assert.Null(PngFile.Read(Png[..i], out _));
        }
    }

    private static SiteLogo? ReadSvg(string text, out string error) => SvgFile.Read(Encoding.UTF8.GetBytes(text), out error);
}
