using System.Collections.Frozen;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Reports;

/// <summary>Makes properties of the members of a JSON report that the schema does not know.</summary>
internal static class JsonProperties
{
    private static readonly FrozenSet<string> ReportNames = NamesOf(Report.Descriptor);
    private static readonly FrozenSet<string> OwnReportNames = NamesOf(OwnReport.Descriptor);

    /// <summary>True for a member of a JSON report that the schema has.</summary>
    /// <param name="name">The member.</param>
    /// <param name="isOwn">True where the schema is that of <see cref="OwnReport"/>.</param>
    public static bool IsOfSchema(string name, bool isOwn) => (isOwn ? OwnReportNames : ReportNames).Contains(name);

    // As deep as the parser of the report goes.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 128 };

    /// <summary>Adds members to the properties of a report. One that is in <c>properties</c> already stays as it is.</summary>
    /// <param name="report">The report, read from <paramref name="json"/>.</param>
    /// <param name="json">The body, without a byte order mark.</param>
    /// <param name="wanted">The members that are asked for; others are passed over.</param>
    /// <param name="isOwn">True where the schema is that of <see cref="OwnReport"/>.</param>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static void AddTo(Report report, ReadOnlySpan<byte> json, IReadOnlySet<string> wanted, bool isOwn)
    {
        var schema = isOwn ? OwnReportNames : ReportNames;
        var found = new Struct();
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (wanted.Contains(name) && !schema.Contains(name))
                found.Fields[name] = ReadValue(ref reader, 1);
            else
                reader.Skip();
        }

        if (found.Fields.Count == 0)
            return;
        if (report.Properties is not null)
            found.MergeFrom(report.Properties);
        report.Properties = found;
    }

    private static FrozenSet<string> NamesOf(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder().SelectMany(field => new[] { field.Name, field.JsonName }).ToFrozenSet(StringComparer.Ordinal);

    private static Value ReadValue(ref Utf8JsonReader reader, int depth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Value.ForString(reader.GetString());
            case JsonTokenType.Number:
                return Value.ForNumber(reader.GetDouble());
            case JsonTokenType.True or JsonTokenType.False:
                return Value.ForBool(reader.GetBoolean());
            case JsonTokenType.StartArray when depth <= PropertyField.MaxDepth:
                var items = new List<Value>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(ReadValue(ref reader, depth + 1));
                return Value.ForList([.. items]);
            case JsonTokenType.StartObject when depth <= PropertyField.MaxDepth:
                var members = new Struct();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Fields[name] = ReadValue(ref reader, depth + 1);
                }

                return Value.ForStruct(members);
            default:
                // What lies too deep is nothing that a metric can read.
                reader.Skip();
                return Value.ForNull();
        }
    }
}
