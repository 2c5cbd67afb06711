using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace TelemetryFunctions.Charts.Page.Branding;

/// <summary>
/// Looks whether an SVG is nothing but a picture. A browser runs no script of one that is shown as an image; this one may be opened by
/// itself too.
/// </summary>
internal static partial class SvgFile
{
    public const string ContentType = "image/svg+xml";

    private const string Svg = "http://www.w3.org/2000/svg";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";
    private const string Xmlns = "http://www.w3.org/2000/xmlns/";

    private static readonly string[] Active = ["script", "handler", "listener", "foreignObject", "iframe", "audio", "video"];

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = SiteLogo.MaxBytes,
    };

    /// <summary>The picture; null where it is none that may be shown, for the reason in <paramref name="error"/>.</summary>
    public static SiteLogo? Read(byte[] file, out string error)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(file), Settings);
            reader.MoveToContent();
            if (reader.LocalName != "svg" || reader.NamespaceURI != Svg)
                throw new XmlException($"its root is <{reader.Name}> and not <svg> of {Svg}");

            var (width, height) = SizeOf(reader);
            do
                Check(reader);
            while (reader.Read());
            error = "";
            return new SiteLogo(file, ContentType, width, height);
        }
        catch (XmlException e)
        {
            error = $"it is no such SVG: {e.Message.TrimEnd('.')}";
            return null;
        }
    }

    private static (double Width, double Height) SizeOf(XmlReader reader)
    {
        var box = (reader.GetAttribute("viewBox") ?? "").Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var (width, height) = box.Length == 4
            ? (Number(box[2]), Number(box[3]))
            : (Number(reader.GetAttribute("width")?.Replace("px", "", StringComparison.Ordinal)), Number(reader.GetAttribute("height")?.Replace("px", "", StringComparison.Ordinal)));
        return width > 0 && height > 0 ? (width, height) : throw new XmlException("it does not say its size, by viewBox or by width and height");
    }

    private static double Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : 0;

    private static void Check(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element when reader.NamespaceURI == Xhtml || Active.Contains(reader.LocalName, StringComparer.OrdinalIgnoreCase):
                throw Refused(reader, $"the element <{reader.Name}>, which can do something");
            case XmlNodeType.Element:
                CheckAttributes(reader);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA when LoadsFromElsewhere(reader.Value):
                throw Refused(reader, "a style that loads something");
            case XmlNodeType.ProcessingInstruction:
                throw Refused(reader, $"the instruction <?{reader.Name}?>");
        }
    }

    private static void CheckAttributes(XmlReader reader)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == Xmlns)
                continue;
            if (reader.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase))
                throw Refused(reader, $"the attribute {reader.Name}, which runs a script");
            if (reader.Name == "xml:base" || (reader.LocalName == "attributeName" && reader.Value.EndsWith("href", StringComparison.OrdinalIgnoreCase)))
                throw Refused(reader, $"the attribute {reader.Name}, which moves what it refers to");
            if (reader.LocalName is "href" or "src" && !IsOwn(reader.Value.Trim()))
                throw Refused(reader, $"the attribute {reader.Name}, which refers to something outside of it");
            if (LoadsFromElsewhere(reader.Value))
                throw Refused(reader, $"the attribute {reader.Name}, which loads something");
        }

        reader.MoveToElement();
    }

    private static bool IsOwn(string reference) => reference.StartsWith('#') || OwnPicture().IsMatch(reference);

    // A backslash writes a letter of CSS in another way.
    private static bool LoadsFromElsewhere(string style) =>
        Import().IsMatch(style) || Url().Matches(style).Any(match => !IsOwn(match.Groups["url"].Value.Trim('"', '\'', ' ', '\t', '\n')))
        || (style.Contains('\\', StringComparison.Ordinal) && style.Contains('(', StringComparison.Ordinal));

    private static XmlException Refused(XmlReader reader, string what) =>
        new($"it has {what}{(reader is IXmlLineInfo line && line.HasLineInfo() ? string.Create(CultureInfo.InvariantCulture, $" (line {line.LineNumber})") : "")}");

    [GeneratedRegex(@"^data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\z", RegexOptions.IgnoreCase)]
    private static partial Regex OwnPicture();

    [GeneratedRegex(@"url\(\s*(?<url>[^)]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex("@import|image-set|expression\\(", RegexOptions.IgnoreCase)]
    private static partial Regex Import();
}
