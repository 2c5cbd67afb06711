using Google.Protobuf;
using Google.Protobuf.Reflection;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Kind <c>mean</c>: for a number, or for every number of a message, the mean over the systems that sent it, with minimum,
/// median and maximum. Each number is a label.
/// </summary>
public sealed class MeanAccumulator : IAccumulator
{
    public const string ByMean = "mean";
    public const string ByMinimum = "min";
    public const string ByMedian = "median";
    public const string ByMaximum = "max";

    private readonly FieldPath _path;
    private readonly (FieldDescriptor Field, NumberSummary Numbers)[] _labels;

    public MeanAccumulator(FieldPath path)
    {
        _path = path;
        IEnumerable<FieldDescriptor> fields = path.Field.FieldType == FieldType.Message ? path.Field.MessageType.Fields.InDeclarationOrder() : [path.Field];
        _labels = [.. fields.Select(field => (field, new NumberSummary()))];
    }

    public void Add(in Observation observation)
    {
        switch (_path.Read(observation.Report))
        {
            case uint number:
                _labels[0].Numbers.Add(number);
                break;
            case IMessage message:
                foreach (var (field, numbers) in _labels)
                {
                    if (field.Accessor.HasValue(message))
                        numbers.Add((uint)field.Accessor.GetValue(message));
                }

                break;
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
