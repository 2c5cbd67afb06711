using System.Collections.Frozen;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace TelemetryFunctions.Languages;

/// <summary>The texts of one language, as its file beside this one has them: sections of keys and texts.</summary>
public sealed class TextTable
{
    private const string One = "one";
    private const string Other = "other";

    // What is put into a page is not a string of a script there: letters stay, and what HTML knows is escaped.
    private static readonly JsonSerializerOptions InPage = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly FrozenDictionary<string, JsonElement> _texts;
    private readonly FrozenDictionary<string, string> _sections;

    private TextTable(string language, JsonElement file)
    {
        Language = language;
        _sections = file.EnumerateObject().ToFrozenDictionary(
            section => section.Name, section => $"{JsonSerializer.Serialize(section.Name)}:{JsonSerializer.Serialize(section.Value, InPage)}");
        _texts = file.EnumerateObject()
            .SelectMany(section => section.Value.EnumerateObject().Select(text => (Key: $"{section.Name}.{text.Name}", text.Value)))
            .ToFrozenDictionary(text => text.Key, text => text.Value);
        Numbers = new NumberFormatInfo { NumberDecimalSeparator = Find("language.decimal"), NumberGroupSeparator = Find("language.group") };
        Months = Find("language.months").Split(' ');
    }

    /// <summary>The language, as HTML and HTTP name it: <c>de</c>.</summary>
    public string Language { get; }

    /// <summary>How numbers are written.</summary>
    public NumberFormatInfo Numbers { get; }

    /// <summary>The short names of the months, January first.</summary>
    public IReadOnlyList<string> Months { get; }

    /// <summary>The keys, such as <c>page.skip</c>, in no order.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>Reads a file.</summary>
    public static TextTable Read(string language, Stream json)
    {
        using var document = JsonDocument.Parse(json);
        return new TextTable(language, document.RootElement.Clone());
    }

    /// <summary>True where there is such a key.</summary>
    public bool Has(string key) => _texts.ContainsKey(key);

    /// <summary>A text with its placeholders; of one with a singular and a plural the one for a number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public string Find(string key, long? count = null)
    {
        var text = _texts.TryGetValue(key, out var found) ? found : throw new KeyNotFoundException($"{Language}.json has no text \"{key}\".");
        return (text.ValueKind == JsonValueKind.Object ? text.GetProperty(count == 1 ? One : Other) : text).GetString()!;
    }

    /// <summary>Every text of a key: one, or the singular and the plural.</summary>
    public IEnumerable<string> FindAll(string key) => _texts[key] is { ValueKind: JsonValueKind.Object } forms
        ? forms.EnumerateObject().Select(form => form.Value.GetString()!)
        : [_texts[key].GetString()!];

    /// <summary>Sections as JSON that may stand in a page.</summary>
    public string ToJson(params IEnumerable<string> sections) => $"{{{string.Join(',', sections.Select(section => _sections[section]))}}}";
}
