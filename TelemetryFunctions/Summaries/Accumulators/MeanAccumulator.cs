using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Kind <c>mean</c>: for every number of a message, the mean over the systems that sent it, with minimum,
/// median and maximum. Bound to a message of optional numbers; each is a label.
/// </summary>
public sealed class MeanAccumulator : IAccumulator
{
    public const string ByMean = "mean";
    public const string ByMinimum = "min";
    public const string ByMedian = "median";
    public const string ByMaximum = "max";

    private readonly IFieldAccessor _message;
    private readonly (FieldDescriptor Field, NumberSummary Numbers)[] _labels;

    public MeanAccumulator(FieldDescriptor field)
    {
        _message = field.Accessor;
        _labels = [.. field.MessageType.Fields.InDeclarationOrder().Select(label => (label, new NumberSummary()))];
    }

    public void Add(in Observation observation)
    {
        if (_message.GetValue(observation.Report) is not IMessage message)
            return;

        foreach (var (field, numbers) in _labels)
        {
            if (field.Accessor.HasValue(message))
                numbers.Add((uint)field.Accessor.GetValue(message));
        }
    }

    public void Merge(IAccumulator other)
    {
        for (var i = 0; i < _labels.Length; i++)
            _labels[i].Numbers.Merge(((MeanAccumulator)other)._labels[i].Numbers);
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds)
    {
        foreach (var (field, numbers) in _labels.Where(label => label.Numbers.Count > 0))
        {
            yield return new Point(new SeriesKey(metric, ByMean), field.Name, numbers.Mean);
            yield return new Point(new SeriesKey(metric, ByMinimum), field.Name, numbers.Minimum);
            yield return new Point(new SeriesKey(metric, ByMedian), field.Name, numbers.Median);
            yield return new Point(new SeriesKey(metric, ByMaximum), field.Name, numbers.Maximum);
        }
    }
}
