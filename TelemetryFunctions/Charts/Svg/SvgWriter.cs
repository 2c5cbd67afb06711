using System.Globalization;
using System.Text;
using System.Xml;

namespace TelemetryFunctions.Charts.Svg;

/// <summary>Writes SVG. Whatever a text or an attribute holds is escaped, and what XML has no place for is replaced.</summary>
internal sealed class SvgWriter : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true };

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    public SvgWriter() => _xml = XmlWriter.Create(_text, Settings);

    /// <summary>Begins an element.</summary>
    public SvgWriter Open(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        _xml.WriteStartElement(name, Namespace);
        foreach (var (attribute, value) in attributes)
            _xml.WriteAttributeString(attribute, SvgText.Clean(Format(value)));
        return this;
    }

    /// <summary>Writes text into the element.</summary>
    public SvgWriter Text(string text)
    {
        _xml.WriteString(SvgText.Clean(text));
        return this;
    }

    /// <summary>Ends the element.</summary>
    public SvgWriter Close()
    {
        _xml.WriteEndElement();
        return this;
    }

    /// <summary>Writes an element without children.</summary>
    public SvgWriter Add(string name, params ReadOnlySpan<(string Name, object Value)> attributes) => Open(name, attributes).Close();

    /// <summary>Writes an element that holds a text.</summary>
    public SvgWriter AddText(string name, string text, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Open(name, attributes).Text(text).Close();

    /// <summary>What was written.</summary>
    public override string ToString()
    {
        _xml.Flush();
        return _text.ToString();
    }

    public void Dispose() => _xml.Dispose();

    // Hundredths of a pixel can't be seen, and no number has a comma.
    private static string Format(object value) => value is IFormattable number
        ? number.ToString("0.##", CultureInfo.InvariantCulture)
        : value.ToString() ?? "";
}
