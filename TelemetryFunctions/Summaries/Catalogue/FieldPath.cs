using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>A field of the report, or of a message in it: <c>postgresql_version</c>, <c>rbac_stats.users</c>.</summary>
public sealed class FieldPath : MetricField
{
    private readonly IFieldAccessor[] _messages;
    private readonly IFieldAccessor _last;
    private readonly IFieldAccessor[] _members;
    private readonly IFieldAccessor? _name;
    private readonly IFieldAccessor? _version;

    private FieldPath(IReadOnlyList<FieldDescriptor> fields)
    {
        Field = fields[^1];
        Name = string.Join('.', fields.Select(field => field.Name));
        NumberNames = IsMessage ? [.. Field.MessageType.Fields.InDeclarationOrder().Select(field => field.Name)] : [Field.Name];
        _messages = [.. fields.SkipLast(1).Select(field => field.Accessor)];
        _last = Field.Accessor;
        _members = IsMessage ? [.. Field.MessageType.Fields.InDeclarationOrder().Select(field => field.Accessor)] : [];
        _name = Field is { IsRepeated: true, FieldType: FieldType.Message } ? Field.MessageType.FindFieldByName("name")?.Accessor : null;
        _version = _name is null ? null : Field.MessageType.FindFieldByName("version")?.Accessor;
    }

    public override string Name { get; }

    public override string Member => Name.Split('.')[0];

    public override IReadOnlyList<string> NumberNames { get; }

    private bool IsMessage => Field is { IsRepeated: false, FieldType: FieldType.Message };

    /// <summary>The last field of the path, whose values are summarized.</summary>
    public FieldDescriptor Field { get; }

    public static implicit operator FieldPath?(FieldDescriptor? field) => field is null ? null : new FieldPath([field]);

    /// <summary>Finds a path by the names of its fields as the proto file writes them.</summary>
    /// <param name="path">The names, with dots between them.</param>
    /// <param name="report">The message in which it starts.</param>
    /// <param name="found">The path.</param>
    /// <param name="error">What is wrong with it, the rest of a sentence.</param>
    public static bool TryFind(
        string path, MessageDescriptor report, [NotNullWhen(true)] out FieldPath? found, [NotNullWhen(false)] out string? error)
    {
        (found, error) = (null, null);
        var fields = new List<FieldDescriptor>();
        foreach (var name in path.Split('.'))
        {
            if (fields.Count > 0 && (fields[^1].FieldType != FieldType.Message || fields[^1].IsRepeated))
            {
                error = $"\"{fields[^1].Name}\" is no message that has fields";
                return false;
            }

            var message = fields.Count == 0 ? report : fields[^1].MessageType;
            if (message.FindFieldByName(name) is not { } field)
            {
                var known = string.Join(", ", message.Fields.InDeclarationOrder().Select(known => known.Name));
                error = $"{message.Name} of {message.File.Name} has no field \"{name}\", but {known}";
                return false;
            }

            fields.Add(field);
        }

        found = new FieldPath(fields);
        return true;
    }

    public override Reading ReadLabels(IMessage report, LabelFormat format, ISet<string> labels)
    {
        if (Read(report) is not { } value)
            return Reading.Absent;
        labels.Add(format.Write(value));
        return Reading.Read;
    }

    public override Reading ReadNumber(IMessage report, int index, out double number)
    {
        var value = Read(report);
        if (value is IMessage message)
            value = _members[index].HasValue(message) ? _members[index].GetValue(message) : null;
        number = value as uint? ?? 0;
        return value is uint ? Reading.Read : Reading.Absent;
    }

    public override Reading ReadVersions(IMessage report, IDictionary<string, string> versions)
    {
        if (Read(report) is not IList list)
            return Reading.Absent;
        foreach (IMessage item in list)
            versions[(string)_name!.GetValue(item)] = (string)_version!.GetValue(item);
        return Reading.Read;
    }

    public override bool TryWrite(IMessage report, Value value)
    {
        if (_version is not null && value.KindCase == Value.KindOneofCase.StructValue)
            value = Value.ForList([.. value.StructValue.Fields.Select(pair => MessageOf(("name", Value.ForString(pair.Key)), ("version", pair.Value)))]);
        foreach (var name in Name.Split('.').Reverse())
            value = MessageOf((name, value));

        IMessage written;
        try
        {
            written = JsonParser.Default.Parse(JsonFormatter.Default.Format(value), report.Descriptor);
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            // The parser's errors are IOExceptions; a text that is no Unicode is refused as an argument.
            return false;
        }

        Clear(report);
        report.MergeFrom(written.ToByteString());
        return true;
    }

    /// <summary>The value in a report, or null where the report does not say it.</summary>
    public object? Read(IMessage report)
    {
        foreach (var message in _messages)
        {
            if (message.GetValue(report) is not IMessage inner)
                return null;
            report = inner;
        }

        return !Field.HasPresence || _last.HasValue(report) ? _last.GetValue(report) : null;
    }

    private static Value MessageOf(params (string Name, Value Value)[] members)
    {
        var message = new Struct();
        foreach (var (name, value) in members)
            message.Fields[name] = value;
        return Value.ForStruct(message);
    }

    private void Clear(IMessage report)
    {
        foreach (var message in _messages)
        {
            if (message.GetValue(report) is not IMessage inner)
                return;
            report = inner;
        }

        _last.Clear(report);
    }
}
