using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TelemetryFunctions.Standalone.Moving.Pulp;

/// <summary>An object of a database, as Django's <c>dumpdata</c> writes it.</summary>
/// <param name="Model">The app and the name of the model.</param>
/// <param name="Key">The primary key.</param>
/// <param name="Fields">The other columns.</param>
internal sealed record DumpRecord(string? Model, [property: JsonPropertyName("pk")] JsonElement Key, JsonElement Fields)
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <exception cref="FormatException">The key is no day.</exception>
    public DateOnly KeyAsDay() => Day("pk", Key);

    /// <exception cref="FormatException">The field is missing, or no day.</exception>
    public DateOnly Day(string field) => Day(field, Field(field));

    /// <exception cref="FormatException">The field is missing, or no text.</exception>
    public string Text(string field) =>
        Field(field) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Wrong(field, "a text");

    /// <summary>A number of things.</summary>
    /// <exception cref="FormatException">The field is missing, or no whole number from 0 to 2³¹ − 1, which is as far as Django's go.</exception>
    public int Count(string field) =>
        Field(field) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value >= 0
            ? value
            : throw Wrong(field, "a whole number from 0 to 2147483647");

    /// <summary>A mean, or null where there is none.</summary>
    /// <exception cref="FormatException">The field is missing, or neither a number from 0 up nor null.</exception>
    public double? Mean(string field) => Field(field) switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) && double.IsFinite(value) && value >= 0 => value,
        _ => throw Wrong(field, "a number or null"),
    };

    /// <exception cref="FormatException">The field is missing, or no time with its zone.</exception>
    public DateTimeOffset Time(string field) =>
        Field(field) is { ValueKind: JsonValueKind.String } text
        && DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw Wrong(field, "a time as 2026-01-31T23:59:59Z");

    private static DateOnly Day(string field, JsonElement element) =>
        element.ValueKind == JsonValueKind.String
        && DateOnly.TryParseExact(element.GetString(), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Wrong(field, "a day as 2026-01-31");

    private JsonElement Field(string name) =>
        Fields.ValueKind == JsonValueKind.Object && Fields.TryGetProperty(name, out var field)
            ? field
            : throw new FormatException($"has no field {name}; it must be of Django's dumpdata of the app pulpanalytics.");

    private static FormatException Wrong(string field, string wanted) => new($"{field} must be {wanted}.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DumpRecord))]
internal sealed partial class DumpJson : JsonSerializerContext;
