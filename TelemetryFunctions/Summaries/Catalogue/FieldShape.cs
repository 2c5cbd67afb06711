using Google.Protobuf.Reflection;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>What a kind asks of the field it reads.</summary>
/// <param name="Wanted">What it must be, the rest of a sentence.</param>
/// <param name="Fits">True for a field that is so; null stands for none.</param>
/// <remarks>
/// Numbers and texts must be <c>optional</c>: without presence, a system that does not say a number can't be told from one
/// that says 0.
/// </remarks>
public sealed record FieldShape(string Wanted, Predicate<FieldDescriptor?> Fits)
{
    /// <summary>What a property must be, the rest of a sentence: that only shows in the reports. Null where none may be read.</summary>
    public string? Property { get; init; }

    public static readonly FieldShape None = new("no field", field => field is null);

    public static readonly FieldShape Number = new("an optional uint32 or a property", IsNumber) { Property = "a number, 0 or more" };

    public static readonly FieldShape Numbers = new(
        "an optional uint32, a message of nothing but such, or a property",
        field => IsNumber(field) || (IsMessage(field) && field!.MessageType.Fields.InDeclarationOrder().All(IsNumber)))
    {
        Property = "a number",
    };

    public static readonly FieldShape Label = new(
        "an optional string, bool, enum or uint32, or a property",
        field => field is { HasPresence: true, FieldType: FieldType.String or FieldType.Bool or FieldType.Enum } || IsNumber(field))
    {
        Property = $"a text, a number, true or false, or a list of at most {PropertyField.MaxEntries} of these",
    };

    public static readonly FieldShape Versions = new(
        "a repeated message with the strings name and version, or a property",
        field => field is { IsRepeated: true, IsMap: false, FieldType: FieldType.Message } && HasText(field, "name") && HasText(field, "version"))
    {
        Property = $"a map of names to versions, a list of {{name, version}}, at most {PropertyField.MaxEntries} of them, or one version",
    };

    private static bool IsNumber(FieldDescriptor? field) => field is { HasPresence: true, FieldType: FieldType.UInt32 or FieldType.Fixed32 };

    private static bool IsMessage(FieldDescriptor? field) => field is { IsRepeated: false, FieldType: FieldType.Message };

    private static bool HasText(FieldDescriptor field, string name) =>
        field.MessageType.FindFieldByName(name) is { IsRepeated: false, FieldType: FieldType.String };
}
