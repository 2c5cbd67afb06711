using System.Globalization;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>Reads <c>sample:</c> of an entry, and refuses a value that the entry's metric could not count.</summary>
internal sealed class SampleReader(CatalogueEntry entry, Metric metric, MessageDescriptor report)
{
    private const string Key = "sample";

    // A version or a text of the schema is a text, however much it looks like a number.
    private readonly bool _isText = metric.Kind.Wants == FieldShape.Versions || metric.Field is FieldPath { Field.FieldType: FieldType.String };

    /// <summary>The sample, or null where there is none.</summary>
    public MetricSample? Read()
    {
        if (entry.OptionalNode(Key) is not { } node)
            return null;
        if (metric.Field is null)
            throw entry.Wrong(Key, $"kind {metric.Kind.Name} reads no field");
        return node switch
        {
            YamlSequenceNode { Children.Count: > 0 } list => new MetricSample([.. list.Select(child => (Countable(child), 1.0))], hasWeights: false),
            YamlMappingNode { Children.Count: > 0 } weights => new MetricSample([.. weights.Select(pair => (Countable(pair.Key), Weight(pair.Key, pair.Value)))], hasWeights: true),
            _ => throw entry.Wrong(node, Key, "it must be a list of values, or a mapping of values to weights"),
        };
    }

    private double Weight(YamlNode value, YamlNode weight) =>
        weight is YamlScalarNode { Value: { } text }
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number)
            ? number
            : throw entry.Wrong(weight, Key, $"the weight of \"{value}\" must be a number over 0, such as 10; values that are mappings stand in a list");

    private Value Countable(YamlNode node)
    {
        var value = ReadValue(node);
        if (metric.CanCount(value, report))
            return value;

        var wanted = metric.Field is FieldPath path
            ? $"the field is {CatalogueFile.Describe(path.Field)}"
            : $"kind {metric.Kind.Name} reads {metric.Kind.Wants.Property}";
        throw entry.Wrong(node, Key, $"\"{MetricSample.Write(value)}\" can't be counted, {wanted}");
    }

    private Value ReadValue(YamlNode node) => node switch
    {
        YamlSequenceNode list => Value.ForList([.. list.Select(ReadValue)]),
        YamlMappingNode mapping => ReadMap(mapping),
        YamlScalarNode { Value: { } text } scalar => ReadScalar(scalar, text),
        _ => throw entry.Wrong(node, Key, "every value must be a text, a number, yes or no, a list or a mapping"),
    };

    private Value ReadMap(YamlMappingNode mapping)
    {
        var members = new Struct();
        foreach (var (name, value) in mapping)
            members.Fields[name is YamlScalarNode { Value: { } text } ? text : throw entry.Wrong(name, Key, "a name must be a text")] = ReadValue(value);
        return Value.ForStruct(members);
    }

    private Value ReadScalar(YamlScalarNode scalar, string text)
    {
        if (_isText || scalar.Style != ScalarStyle.Plain)
            return Value.ForString(text);
        return text switch
        {
            "yes" or "true" => Value.ForBool(true),
            "no" or "false" => Value.ForBool(false),
            "" or "~" or "null" => throw entry.Wrong(scalar, Key, "a value must not be empty"),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && IsMeant(number, text) => Value.ForNumber(number),
            _ => Value.ForString(text),
        };
    }

    // 3.10 and 007 are labels that a number would not give.
    private bool IsMeant(double number, string text) =>
        double.IsFinite(number) && (metric.Kind.Wants != FieldShape.Label || number.ToString(CultureInfo.InvariantCulture) == text);
}
