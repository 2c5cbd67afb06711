using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace TelemetryFunctions.Standalone.Tables;

/// <summary>Writes an entity as the JSON of the service, with the types that JSON does not tell.</summary>
internal static class EntityWriter
{
    public static byte[] ToJson(ITableEntity entity)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, entity);
        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(IBufferWriter<byte> buffer, ITableEntity entity)
    {
        if (entity is not TableEntity properties)
            throw new NotSupportedException($"Only {nameof(TableEntity)} can be written, not {entity.GetType()}.");

        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var (name, value) in properties)
        {
            if (value is not null && name is not (TableEntity.ETagName or TableEntity.TimestampName))
                Write(json, name, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case byte[] bytes:
                WriteType(json, name, EdmType.Binary);
                json.WriteBase64String(name, bytes);
                break;
            case BinaryData data:
                WriteType(json, name, EdmType.Binary);
                json.WriteBase64String(name, data);
                break;
            case bool boolean:
                json.WriteBoolean(name, boolean);
                break;
            case int integer:
                json.WriteNumber(name, integer);
                break;
            case long integer:
                WriteType(json, name, EdmType.Int64);
                json.WriteString(name, integer.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                WriteType(json, name, EdmType.Double);
                WriteDouble(json, name, number);
                break;
            case Guid guid:
                WriteType(json, name, EdmType.Guid);
                json.WriteString(name, guid);
                break;
            case DateTimeOffset time:
                WriteType(json, name, EdmType.DateTime);
                json.WriteString(name, time.UtcDateTime);
                break;
            case DateTime { Kind: DateTimeKind.Utc } time:
                WriteType(json, name, EdmType.DateTime);
                json.WriteString(name, time);
                break;
            case DateTime:
                throw new NotSupportedException($"{name} is a DateTime that is not UTC.");
            default:
                throw new NotSupportedException($"{name} is of type {value.GetType()}, which a table can't hold.");
        }
    }

    private static void WriteDouble(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteType(Utf8JsonWriter json, string name, string type) =>
        json.WriteString(name + EdmType.AnnotationSuffix, type);
}

/// <summary>Names of the types that are told beside a property.</summary>
internal static class EdmType
{
    public const string AnnotationSuffix = "@odata.type";
    public const string Binary = "Edm.Binary";
    public const string DateTime = "Edm.DateTime";
    public const string Double = "Edm.Double";
    public const string Guid = "Edm.Guid";
    public const string Int64 = "Edm.Int64";
}
