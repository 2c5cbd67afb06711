using System.Text;
using System.Text.Json;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>The names of a response's properties, one string each however many rows have them.</summary>
internal sealed class PropertyNames
{
    private readonly List<PropertyName> _known = [];
    private int _next;

    public PropertyName Read(ref Utf8JsonReader reader)
    {
        // Rows name the same properties in the same order, so the search nearly always ends where it starts.
        for (var i = 0; i < _known.Count; i++)
        {
            var candidate = _known[(_next + i) % _known.Count];
            if (reader.ValueTextEquals(candidate.Utf8))
            {
                _next = (_next + i + 1) % _known.Count;
                return candidate;
            }
        }

        var name = new PropertyName(reader.GetString()!);
        _known.Add(name);
        _next = 0;
        return name;
    }
}

/// <summary>A property's name and what it tells.</summary>
internal sealed class PropertyName(string text)
{
    public string Text { get; } = text;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);

    /// <summary>The property whose type this one tells.</summary>
    public string? Annotates { get; } = text.EndsWith(EdmType.AnnotationSuffix, StringComparison.Ordinal)
        ? text[..^EdmType.AnnotationSuffix.Length]
        : null;

    /// <summary>Of the protocol, not of the row.</summary>
    public bool IsMetadata { get; } = text.StartsWith("odata.", StringComparison.Ordinal) && text != TableEntity.ETagName;
}
