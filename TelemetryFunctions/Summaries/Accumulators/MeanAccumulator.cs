using Google.Protobuf;
using Google.Protobuf.Reflection;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Kind <c>mean</c>: for a number, or for every number of a message, the mean over the systems that sent it, with the median and,
/// of many systems, the 5th and the 95th percentile. Each number is a label. Where fewer systems sent a number than a label must
/// have, nothing is said of it: what would be published is what these systems sent.
/// </summary>
public sealed class MeanAccumulator : IAccumulator
{
    public const string ByMean = "mean";
    public const string ByP5 = "p5";
    public const string ByMedian = "median";
    public const string ByP95 = "p95";

    /// <summary>Systems of which percentiles are published: of fewer, they would be the smallest and the largest number.</summary>
    public const int MinimumOfPercentiles = 20;

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
        foreach (var (field, numbers) in _labels.Where(label => label.Numbers.Count >= Math.Max(1, bounds.MinimumSystems)))
        {
            yield return new Point(new SeriesKey(metric, ByMean), field.Name, numbers.Mean);
            yield return new Point(new SeriesKey(metric, ByMedian), field.Name, numbers.Median);
            if (numbers.Count < Math.Max(MinimumOfPercentiles, bounds.MinimumSystems))
                continue;

            yield return new Point(new SeriesKey(metric, ByP5), field.Name, numbers.LowPercentile(5));
            yield return new Point(new SeriesKey(metric, ByP95), field.Name, numbers.HighPercentile(5));
        }
    }
}
