using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Kind <c>mean</c>: for a number, or for every number of a message, the median over the systems that sent it, the mean and, of many
/// systems, the 5th and the 95th percentile. Each number is a label. Where fewer systems sent a number than a label must
/// have, nothing is said of it: what would be published is what these systems sent.
/// </summary>
public sealed class MeanAccumulator(MetricField field) : IAccumulator
{
    public const string ByMean = "mean";
    public const string ByP5 = "p5";
    public const string ByMedian = "median";
    public const string ByP95 = "p95";

    /// <summary>Systems of which percentiles are published: of fewer, they would be the smallest and the largest number.</summary>
    public const int MinimumOfPercentiles = 20;

    private readonly NumberSummary[] _numbers = [.. field.NumberNames.Select(_ => new NumberSummary())];

    public long Unreadable { get; private set; }

    public void Add(in Observation observation)
    {
        for (var i = 0; i < _numbers.Length; i++)
        {
            switch (field.ReadNumber(observation.Report, i, out var number))
            {
                case Reading.Read:
                    _numbers[i].Add(number, observation.Systems);
                    break;
                case Reading.Unreadable:
                    Unreadable += observation.Systems;
                    break;
            }
        }
    }

    public void Merge(IAccumulator other)
    {
        for (var i = 0; i < _numbers.Length; i++)
            _numbers[i].Merge(((MeanAccumulator)other)._numbers[i]);
        Unreadable += other.Unreadable;
    }

    public IEnumerable<Point> Points(string metric, LabelBounds bounds)
    {
        foreach (var (name, numbers) in field.NumberNames.Zip(_numbers).Where(label => label.Second.Count >= Math.Max(1, bounds.MinimumSystems)))
        {
            yield return new Point(new SeriesKey(metric, ByMean), name, numbers.Mean);
            yield return new Point(new SeriesKey(metric, ByMedian), name, numbers.Median);
            if (numbers.Count < Math.Max(MinimumOfPercentiles, bounds.MinimumSystems))
                continue;

            yield return new Point(new SeriesKey(metric, ByP5), name, numbers.LowPercentile(5));
            yield return new Point(new SeriesKey(metric, ByP95), name, numbers.HighPercentile(5));
        }
    }
}
