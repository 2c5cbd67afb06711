using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Standalone.Check;

/// <summary>Writes values of a report for whoever wrote the report.</summary>
internal static class ValueText
{
    private const int MaxLength = 60;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    /// <summary>The value as JSON on one line, shortened.</summary>
    public static string Show(JsonElement value)
    {
        var text = LabelText.Clean(JsonSerializer.Serialize(value, Compact));
        if (text.Length <= MaxLength)
            return text;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength), "…");
    }

    /// <summary>What a value is, such as <c>a text</c>, and the value.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"a text, {Show(value)}",
        JsonValueKind.Number => $"the number {Show(value)}",
        JsonValueKind.Array => string.Create(CultureInfo.InvariantCulture, $"a list of {value.GetArrayLength()}, {Show(value)}"),
        JsonValueKind.Object => string.Create(CultureInfo.InvariantCulture, $"a map of {value.EnumerateObject().Count()}, {Show(value)}"),
        _ => Show(value),
    };
}
