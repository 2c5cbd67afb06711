using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>What systems are likely to send where the catalogue has no sample: values that the metric's kind can count.</summary>
internal static class LikelySamples
{
    private static readonly double[] Numbers = [1, 2, 2, 3, 4, 6, 9, 14, 25, 60];
    private static readonly string[] Releases = ["1.0.0", "1.0.1", "1.1.0", "1.1.1", "1.2.0", "2.0.0", "2.0.1", "2.1.0"];
    private static readonly string[] Labels = ["example A", "example B", "example C"];

    /// <summary>The sample of a metric that reads a field.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="report">The message that has the field.</param>
    public static MetricSample Of(Metric metric, MessageDescriptor report)
    {
        if (metric.Sample is { } sample)
            return sample;

        var candidates = Candidates(metric).Select(values => values.Where(value => metric.CanCount(value, report)).ToList());
        return MetricSample.Of(candidates.First(values => values.Count > 0));
    }

    private static IEnumerable<IEnumerable<Value>> Candidates(Metric metric)
    {
        var wants = metric.Kind.Wants;
        if (wants == FieldShape.Versions)
        {
            yield return Releases.Select(Value.ForString);
            yield return Releases.Select(release => Named(metric.Title, Value.ForString(release)));
            yield break;
        }

        if (wants == FieldShape.Label)
        {
            yield return Called(metric.Labels).Select(Value.ForString);
            yield return Members(metric.Field).Select(Value.ForString);
            yield return Labels.Select(Value.ForString);
            yield return [Value.ForBool(true), Value.ForBool(false)];
        }

        var numbers = Numbers.Select(number => Value.ForNumber(Math.Min(number, metric.Cap)));
        yield return metric.Field is FieldPath { Field.FieldType: FieldType.Message } message ? numbers.Select(number => Each(message.NumberNames, number)) : numbers;
    }

    /// <summary>Values that the catalogue has a name for, and labels that it knows without one.</summary>
    private static IEnumerable<string> Called(LabelRules rules) =>
        rules.Names.Where(name => rules.Only?.Contains(name.Value) ?? true).Select(name => name.Key).Concat((rules.Only ?? new HashSet<string>()).Except(rules.Names.Values));

    private static IEnumerable<string> Members(MetricField? field) =>
        field is FieldPath { Field: { FieldType: FieldType.Enum } path } ? path.EnumType.Values.Select(value => value.Name) : [];

    private static Value Named(string name, Value value) => Value.ForStruct(new Struct { Fields = { [name] = value } });

    private static Value Each(IEnumerable<string> names, Value value)
    {
        var message = new Struct();
        foreach (var name in names)
            message.Fields[name] = value;
        return Value.ForStruct(message);
    }
}
