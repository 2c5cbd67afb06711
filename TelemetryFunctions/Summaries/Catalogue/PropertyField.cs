using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>A property of the report, such as <c>properties.database.version</c>: what a product says beyond the schema.</summary>
public sealed class PropertyField : MetricField
{
    /// <summary>Entries of a list or a map that are read; one with more is not.</summary>
    public const int MaxEntries = 64;

    /// <summary>How deep a property may lie.</summary>
    public const int MaxDepth = 4;

    private const string Root = "properties";

    private readonly IFieldAccessor _properties;
    private readonly string[] _path;
    private readonly string _title;

    private PropertyField(string name, IFieldAccessor properties, string[] path, string title)
    {
        Name = name;
        NumberNames = [path[^1]];
        (_properties, _path, _title) = (properties, path, title);
    }

    public override string Name { get; }

    public override IReadOnlyList<string> NumberNames { get; }

    /// <summary>The member of the properties, or of a JSON report, in which it is.</summary>
    public override string Member => _path[0];

    /// <summary>True for the name of a property.</summary>
    public static bool IsName(string name) => name.StartsWith(Root + '.', StringComparison.Ordinal);

    /// <summary>Finds a property by its name.</summary>
    /// <param name="name">Its name, with dots between the members.</param>
    /// <param name="title">The metric's title: the name of what has the version where the property is a text.</param>
    /// <param name="report">The message that has the properties.</param>
    /// <param name="found">The property.</param>
    /// <param name="error">What is wrong with it, the rest of a sentence.</param>
    public static bool TryFind(
        string name, string title, MessageDescriptor report, [NotNullWhen(true)] out PropertyField? found, [NotNullWhen(false)] out string? error)
    {
        (found, error) = (null, null);
        var path = name.Split('.')[1..];
        if (report.FindFieldByName(Root) is not { FieldType: FieldType.Message, IsRepeated: false } properties || properties.MessageType != Struct.Descriptor)
            error = $"{report.Name} of {report.File.Name} has no {Root}";
        else if (path.Any(member => member.Length == 0))
            error = $"\"{name}\" has an empty member";
        else if (path.Length > MaxDepth)
            error = $"\"{name}\" lies deeper than {MaxDepth} members";
        else
            found = new PropertyField(name, properties.Accessor, path, title);
        return found is not null;
    }

    public override Reading ReadLabels(IMessage report, LabelFormat format, ISet<string> labels)
    {
        var value = Find(report, out var reading);
        if (reading != Reading.Read)
            return reading;
        if (value!.KindCase != Value.KindOneofCase.ListValue)
            return Scalar(value) is { } scalar ? Add(scalar) : Reading.Unreadable;

        var items = value.ListValue.Values;
        if (items.Count > MaxEntries || items.Any(item => Scalar(item) is null))
            return Reading.Unreadable;
        foreach (var item in items)
            Add(Scalar(item)!);
        return Reading.Read;

        Reading Add(object scalar)
        {
            labels.Add(format.Write(scalar));
            return Reading.Read;
        }
    }

    public override Reading ReadNumber(IMessage report, int index, out double number)
    {
        number = 0;
        var value = Find(report, out var reading);
        if (reading != Reading.Read)
            return reading;
        number = value!.KindCase == Value.KindOneofCase.NumberValue ? value.NumberValue : double.NaN;
        return double.IsFinite(number) ? Reading.Read : Reading.Unreadable;
    }

    public override Reading ReadVersions(IMessage report, IDictionary<string, string> versions)
    {
        var value = Find(report, out var reading);
        if (reading != Reading.Read)
            return reading;
        if (Pairs(value!) is not { } pairs)
            return Reading.Unreadable;
        foreach (var (name, version) in pairs)
            versions[name] = version;
        return Reading.Read;
    }

    public override bool TryWrite(IMessage report, Value value)
    {
        if (_properties.GetValue(report) is not Struct members)
            _properties.SetValue(report, members = new Struct());
        foreach (var name in _path.SkipLast(1))
        {
            if (!members.Fields.TryGetValue(name, out var inner))
                members.Fields[name] = inner = Value.ForStruct(new Struct());
            if (inner.KindCase != Value.KindOneofCase.StructValue)
                return false;
            members = inner.StructValue;
        }

        // A copy, because what lies below it may be written too.
        members.Fields[_path[^1]] = value.Clone();
        return true;
    }

    /// <summary>A map of names to versions, a list of <c>{name, version}</c>, or one version; null where it is none of these.</summary>
    private List<(string Name, string Version)>? Pairs(Value value)
    {
        List<(string? Name, string? Version)> pairs = value.KindCase switch
        {
            Value.KindOneofCase.StructValue => value.StructValue.Fields.Select(field => ((string?)field.Key, Text(field.Value))).ToList(),
            Value.KindOneofCase.ListValue => value.ListValue.Values.Select(item => (TextOf(item, "name"), TextOf(item, "version"))).ToList(),
            _ => [(_title, Text(value))],
        };
        return pairs.Count <= MaxEntries && pairs.TrueForAll(pair => pair is (not null, not null)) ? [.. pairs.Select(pair => (pair.Name!, pair.Version!))] : null;
    }

    private static string? TextOf(Value item, string name) =>
        item.StructValue?.Fields.TryGetValue(name, out var value) is true ? Text(value) : null;

    /// <summary>A version; some products write theirs as a number.</summary>
    private static string? Text(Value value) =>
        Scalar(value) is { } scalar and not bool ? LabelFormat.Plain.Write(scalar) : null;

    /// <summary>A text, a number or a yes or no; null for anything else.</summary>
    private static object? Scalar(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.BoolValue => value.BoolValue,
        Value.KindOneofCase.NumberValue when double.IsFinite(value.NumberValue) => value.NumberValue,
        _ => null,
    };

    private Value? Find(IMessage report, out Reading reading)
    {
        var fields = (_properties.GetValue(report) as Struct)?.Fields;
        for (var depth = 0; depth < _path.Length; depth++)
        {
            if (fields is null || !fields.TryGetValue(_path[depth], out var value) || value.KindCase is Value.KindOneofCase.NullValue or Value.KindOneofCase.None)
            {
                reading = Reading.Absent;
                return null;
            }

            if (depth == _path.Length - 1)
            {
                reading = Reading.Read;
                return value;
            }

            if (value.KindCase != Value.KindOneofCase.StructValue)
                break;
            fields = value.StructValue.Fields;
        }

        reading = Reading.Unreadable;
        return null;
    }
}
