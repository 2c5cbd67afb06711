using Google.Protobuf.WellKnownTypes;

namespace TelemetryFunctions.Summaries.Catalogue;

/// <summary>Values of a metric's field that systems are likely to send: what the catalogue shows, and what a demo draws from.</summary>
public sealed class MetricSample
{
    private readonly double[] _upTo;

    /// <param name="values">The values, each with how common it is.</param>
    /// <param name="hasWeights">False where the weights are only for want of others.</param>
    public MetricSample(IReadOnlyList<(Value Value, double Weight)> values, bool hasWeights)
    {
        Values = [.. values.Select(value => value.Value)];
        HasWeights = hasWeights;
        _upTo = new double[values.Count];
        for (var i = 0; i < values.Count; i++)
            _upTo[i] = values[i].Weight + (i == 0 ? 0 : _upTo[i - 1]);
    }

    /// <summary>The values, in the order of the file.</summary>
    public IReadOnlyList<Value> Values { get; }

    /// <summary>True where the file says how common each value is.</summary>
    public bool HasWeights { get; }

    /// <summary>A sample without weights.</summary>
    public static MetricSample Of(IEnumerable<Value> values) => new([.. values.Select(value => (value, 1.0))], hasWeights: false);

    /// <summary>A value by chance.</summary>
    /// <param name="draw">A random number from 0 to under 1.</param>
    public Value Draw(double draw)
    {
        var found = Array.BinarySearch(_upTo, draw * _upTo[^1]);

        // What is found exactly is where the next one begins.
        return Values[Math.Min(found < 0 ? ~found : found + 1, Values.Count - 1)];
    }

    /// <summary>A value as it is read by people: as a label, or as JSON where it is a list or a map.</summary>
    public static string Write(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.BoolValue => LabelFormat.Plain.Write(value.BoolValue),
        Value.KindOneofCase.NumberValue => LabelFormat.Plain.Write(value.NumberValue),
        _ => value.ToString(),
    };
}
