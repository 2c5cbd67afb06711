using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>A field of the report, or of a message in it: <c>postgresql_version</c>, <c>rbac_stats.users</c>.</summary>
public sealed class FieldPath
{
    private readonly IFieldAccessor[] _messages;
    private readonly IFieldAccessor _last;

    private FieldPath(IReadOnlyList<FieldDescriptor> fields)
    {
        Field = fields[^1];
        _messages = [.. fields.SkipLast(1).Select(field => field.Accessor)];
        _last = Field.Accessor;
    }

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
}
