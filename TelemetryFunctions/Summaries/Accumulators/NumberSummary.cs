namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Count, mean, median and percentiles of numbers in bounded memory. The mean is exact; median and percentiles are those of whole
/// numbers below 1,024 and else at most 0.2 % too near to 0: numbers are kept to their ten leading bits.
/// </summary>
public sealed class NumberSummary
{
    // Of the 52 that a double has behind the first, nine stay.
    private const int DroppedBits = 43;

    private readonly SortedDictionary<double, long> _counts = [];
    private double _sum;

    public long Count { get; private set; }

    /// <summary>The mean; not a number where nothing was added.</summary>
    public double Mean => _sum / Count;

    /// <summary>The middle number, or the mean of the two in the middle.</summary>
    public double Median => (Ranked((Count - 1) / 2) + Ranked(Count / 2)) / 2;

    /// <summary>The number below which a share of the numbers is, in percent: so many are left out, none of them interpolated.</summary>
    public double LowPercentile(int percent) => Ranked(Count * percent / 100);

    /// <summary>The number above which a share of the numbers is, in percent.</summary>
    public double HighPercentile(int percent) => Ranked(Count - 1 - Count * percent / 100);

    public void Add(double number) => Add(Bucket(number), 1, number);

    public void Merge(NumberSummary other)
    {
        foreach (var (bucket, count) in other._counts)
            Add(bucket, count, 0);
        _sum += other._sum;
    }

    /// <summary>The number with all but its leading bits cleared; -0 is 0.</summary>
    private static double Bucket(double number) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(number) >> DroppedBits << DroppedBits) + 0.0;

    private void Add(double bucket, long count, double sum)
    {
        _counts[bucket] = _counts.GetValueOrDefault(bucket) + count;
        _sum += sum;
        Count += count;
    }

    private double Ranked(long rank)
    {
        foreach (var (bucket, count) in _counts)
        {
            if (rank < count)
                return bucket;
            rank -= count;
        }

        return double.NaN;
    }
}
