using System.Globalization;
using System.Text.Json;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>Reads entities from a response, each straight from the bytes when it is asked for.</summary>
internal sealed class EntityReader(ReadOnlyMemory<byte> json)
{
    private readonly PropertyNames _names = new();
    private JsonReaderState _state;
    private int _consumed;
    private bool _inRows;
    private int _properties;

    // A scan names the same partition in row after row.
    private string? _partitionKey;

    /// <summary>The one entity that the response is.</summary>
    public static TableEntity ReadOne(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        return new EntityReader(json).ReadEntity(ref reader);
    }

    /// <summary>The next entity of the response's list, or null behind the last one.</summary>
    public TableEntity? ReadNext()
    {
        var reader = new Utf8JsonReader(json.Span[_consumed..], isFinalBlock: true, _state);
        if (!_inRows && !EnterRows(ref reader))
            return null;

        _inRows = true;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;

        var entity = ReadEntity(ref reader);
        _state = reader.CurrentState;
        _consumed += (int)reader.BytesConsumed;
        return entity;
    }

    private static bool EnterRows(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRows = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (isRows)
                return reader.TokenType == JsonTokenType.StartArray;
            reader.Skip();
        }

        return false;
    }

    private TableEntity ReadEntity(ref Utf8JsonReader reader)
    {
        var entity = new TableEntity(_properties);
        string? annotated = null;
        string? type = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _names.Read(ref reader);
            reader.Read();
            if (name.Annotates is { } property)
            {
                (annotated, type) = (property, EdmTypeOf(ref reader));
                // The service tells the type first; another may not.
                if (entity.TryGetValue(property, out var value) && value is string text)
                    entity[property] = Convert(text, type);
            }
            else if (name.IsMetadata || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
            }
            else
            {
                entity[name.Text] = ReadValue(ref reader, name.Text, annotated == name.Text ? type : null);
            }
        }

        _properties = entity.Count;
        return entity;
    }

    private object ReadValue(ref Utf8JsonReader reader, string name, string? type) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number when type is null && reader.TryGetInt32(out var integer) => integer,
        JsonTokenType.Number when type == EdmType.Int64 => reader.GetInt64(),
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String => type switch
        {
            null when name == TableEntity.PartitionKeyName => ReadPartitionKey(ref reader),
            null when name == TableEntity.TimestampName => reader.GetDateTimeOffset(),
            null => reader.GetString()!,
            EdmType.Binary => reader.GetBytesFromBase64(),
            EdmType.DateTime => reader.GetDateTimeOffset(),
            EdmType.Guid => reader.GetGuid(),
            _ => Convert(reader.GetString()!, type),
        },
        _ => throw new JsonException($"{name} is a {reader.TokenType}, which a table can't hold."),
    };

    private string ReadPartitionKey(ref Utf8JsonReader reader)
    {
        if (_partitionKey is null || !reader.ValueTextEquals(_partitionKey))
            _partitionKey = reader.GetString()!;
        return _partitionKey;
    }

    private static string? EdmTypeOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals(EdmType.Binary) ? EdmType.Binary
        : reader.ValueTextEquals(EdmType.Int64) ? EdmType.Int64
        : reader.ValueTextEquals(EdmType.DateTime) ? EdmType.DateTime
        : reader.ValueTextEquals(EdmType.Double) ? EdmType.Double
        : reader.ValueTextEquals(EdmType.Guid) ? EdmType.Guid
        : null;

    private static object Convert(string text, string? type) => type switch
    {
        EdmType.Binary => System.Convert.FromBase64String(text),
        EdmType.Int64 => long.Parse(text, CultureInfo.InvariantCulture),
        EdmType.DateTime => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        EdmType.Double => double.Parse(text, CultureInfo.InvariantCulture),
        EdmType.Guid => Guid.Parse(text),
        _ => text,
    };
}
