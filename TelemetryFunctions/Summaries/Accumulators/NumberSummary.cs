using System.Numerics;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Count, mean, median and percentiles of 32-bit numbers in bounded memory. All are exact but median and percentiles of numbers
/// from 1,024 up, which are at most 0.2 % too low: those are kept to their ten leading bits.
/// </summary>
public sealed class NumberSummary
{
    private const int ExactBelow = 1024;
    private const int LeadingBits = 10;

    private readonly SortedDictionary<uint, long> _counts = [];
    private ulong _sum;

    public long Count { get; private set; }

    /// <summary>The mean; not a number where nothing was added.</summary>
    public double Mean => (double)_sum / Count;

    /// <summary>The middle number, or the mean of the two in the middle.</summary>
    public double Median => (Ranked((Count - 1) / 2) + Ranked(Count / 2)) / 2.0;

    /// <summary>The number below which a share of the numbers is, in percent: so many are left out, none of them interpolated.</summary>
    public double LowPercentile(int percent) => Ranked(Count * percent / 100);

    /// <summary>The number above which a share of the numbers is, in percent.</summary>
    public double HighPercentile(int percent) => Ranked(Count - 1 - Count * percent / 100);

    public void Add(uint number) => Add(Bucket(number), 1, number);

    public void Merge(NumberSummary other)
    {
        foreach (var (bucket, count) in other._counts)
            Add(bucket, count, 0);
        _sum += other._sum;
    }

    /// <summary>The number with all but its leading bits cleared.</summary>
    private static uint Bucket(uint number) =>
        number < ExactBelow ? number : number & (uint.MaxValue << (32 - BitOperations.LeadingZeroCount(number) - LeadingBits));

    private void Add(uint bucket, long count, ulong sum)
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
