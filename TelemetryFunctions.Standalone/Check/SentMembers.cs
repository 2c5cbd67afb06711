using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;

namespace TelemetryFunctions.Standalone.Check;

/// <summary>The members of a report as it was sent, found by the names that a catalogue has for fields.</summary>
internal sealed class SentMembers
{
    private const string Properties = "properties";

    // As deep as the parser of reports goes.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    private readonly Member _root;
    private readonly IReadOnlyList<string> _unknown;

    private SentMembers(JsonElement root, MessageDescriptor schema, IReadOnlyList<string> unknown)
    {
        _root = new Member([], "", root, schema, IsKnown: true);
        _unknown = unknown;
    }

    /// <summary>Reads the members of a report that <see cref="ReportParser"/> can read.</summary>
    /// <param name="body">The report.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="isOwn">True where the members of JSON are the product's own, whatever the schema has by their names.</param>
    /// <exception cref="JsonException">It is no JSON, strictly taken.</exception>
    public static SentMembers Of(byte[] body, ReportFormat format, bool isOwn)
    {
        if (format == ReportFormat.Protobuf)
        {
            var report = Report.Parser.ParseFrom(body);
            FillEmpty(report.Properties);
            return new SentMembers(Parse(Encoding.UTF8.GetBytes(Formatter.Format(report))), Report.Descriptor, [.. UnknownFields(body, Report.Descriptor, "")]);
        }

        var preamble = body.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        return new SentMembers(Parse(body.AsMemory(preamble)), isOwn ? OwnReport.Descriptor : Report.Descriptor, []);
    }

    /// <summary>The member that a field of the catalogue names, or the nearest one around it that was sent.</summary>
    /// <returns>Its name as it was sent, its value, and whether it is the field itself; null where nothing of it was sent.</returns>
    public (string Name, JsonElement Value, bool IsField)? Find(string field)
    {
        string[] path = field.Split('.');
        return Find(_root, path) is { } found ? (found.Name, found.Value, found.Path.Length == path.Length) : null;
    }

    /// <summary>The names of the members that none of some fields reads. Of one that is not read at all, its own members are not listed.</summary>
    public IEnumerable<string> Unread(IEnumerable<string> fields) =>
        Unread(_root, [.. fields.Select(field => field.Split('.'))], isRead: false).Concat(_unknown).Distinct();

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, Options);
        return document.RootElement.Clone();
    }

    /// <summary>A value without a kind has no JSON; it says as little as null.</summary>
    private static void FillEmpty(Struct? properties)
    {
        foreach (var value in properties?.Fields.Values ?? [])
            FillEmpty(value);

        static void FillEmpty(Value value)
        {
            if (value.KindCase == Value.KindOneofCase.None)
                value.NullValue = NullValue.NullValue;
            foreach (var inner in value.StructValue?.Fields.Values ?? value.ListValue?.Values ?? (IEnumerable<Value>)[])
                FillEmpty(inner);
        }
    }

    private static Member? Find(Member member, string[] path)
    {
        Member? found = null;
        foreach (var child in Children(member).Where(child => path.AsSpan().StartsWith(child.Path)))
        {
            var inner = child.Path.Length == path.Length ? child : Find(child, path) ?? child;
            if (inner.Path.Length >= (found?.Path.Length ?? 0))
                found = inner;
        }

        return found;
    }

    private static IEnumerable<string> Unread(Member member, IReadOnlyList<string[]> fields, bool isRead)
    {
        foreach (var child in Children(member))
        {
            var read = child.IsKnown && (isRead || fields.Any(field => field.AsSpan().SequenceEqual(child.Path)));
            var hasRead = child.Path is [Properties] || child.IsKnown && fields.Any(field => field.Length > child.Path.Length && field.AsSpan().StartsWith(child.Path));
            if (!read && !hasRead)
                yield return child.Name;

            // A message that is read as a whole may have been sent with members that the schema does not know.
            foreach (var name in read && child.Schema is null ? [] : read || hasRead ? Unread(child, fields, read) : [])
                yield return name;
        }
    }

    private static IEnumerable<Member> Children(Member member)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
            yield break;

        var isRoot = member.Path.Length == 0;
        foreach (var (name, value) in member.Value.EnumerateObject().Select(property => (property.Name, property.Value)))
        {
            var shown = isRoot ? name : $"{member.Name}.{name}";
            if (member.Schema is not { } schema)
                yield return new Member([.. member.Path, name], shown, value, null, member.IsKnown);
            else if (schema.Fields.InDeclarationOrder().FirstOrDefault(field => field.Name == name || field.JsonName == name) is { } field)
                yield return new Member([.. member.Path, field.Name], shown, value, MessageOf(field), IsKnown: true);
            else if (isRoot && !IsProperty(member.Value, name))
                yield return new Member([Properties, name], shown, value, null, IsKnown: true);
            else
                yield return new Member([.. member.Path, name], shown, value, null, IsKnown: false);
        }
    }

    private static MessageDescriptor? MessageOf(FieldDescriptor field) =>
        field is { FieldType: FieldType.Message, IsRepeated: false } && field.MessageType != Struct.Descriptor ? field.MessageType : null;

    /// <summary>True where the report says the same name in its properties, which then is what counts.</summary>
    private static bool IsProperty(JsonElement root, string name) =>
        root.TryGetProperty(Properties, out var properties) && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out _);

    private static IEnumerable<string> UnknownFields(byte[] message, MessageDescriptor schema, string prefix)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            var field = schema.FindFieldByNumber(number);
            if (field is null)
                yield return $"{prefix}field {number}";
            if (field is { FieldType: FieldType.Message } && field.MessageType != Struct.Descriptor && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                foreach (var unknown in UnknownFields(input.ReadBytes().ToByteArray(), field.MessageType, $"{prefix}{field.Name}."))
                    yield return unknown;
            }
            else
            {
                input.SkipLastField();
            }
        }
    }

    /// <param name="Path">Its name in a catalogue.</param>
    /// <param name="Name">Its name as it was sent.</param>
    /// <param name="Value">What was sent.</param>
    /// <param name="Schema">The message that it is, or null.</param>
    /// <param name="IsKnown">False where no metric can name it.</param>
    private sealed record Member(string[] Path, string Name, JsonElement Value, MessageDescriptor? Schema, bool IsKnown);
}
