using System.Runtime.InteropServices;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>
/// Count, mean, median and percentiles of numbers in bounded memory. Median and percentiles are those of whole numbers below 1,024 and
/// else at most 0.2 % too near to 0: numbers are kept to their ten leading bits. The mean is of the numbers as they are.
/// </summary>
public sealed class NumberSummary
{
    /// <summary>Of so many numbers, the mean leaves out the one that is farthest from 0.</summary>
    public const int ManyNumbers = 1000;

    /// <summary>Of fewer, the mean leaves out the farthest where it is so many times as far from 0 as the next.</summary>
    public const int AbsurdFactor = 100;

    // Of two numbers that are far apart, either may be the absurd one.
    private const int FewestToJudge = 3;

    // Of the 52 that a double has behind the first, nine stay.
    private const int DroppedBits = 43;

    // A power of two, so that nothing is rounded: the largest numbers must not add up to infinity.
    private const double Scale = 1.0 / (1L << 62);

    private readonly Dictionary<double, Bucket> _buckets = [];

    public long Count { get; private set; }

    /// <summary>
    /// The mean of what does not lie beyond the 99.9th percentile, by distance from 0: one absurd number must not ruin it. Few numbers have no
    /// such percentile, and all of theirs count but one that is absurd. Not a number where nothing was added.
    /// </summary>
    public double Mean
    {
        get
        {
            var byDistance = Sorted.OrderBy(bucket => Math.Abs(bucket.Key)).ToList();
            var farthest = FarthestCounted(byDistance);
            var counted = byDistance.TakeWhile(bucket => Math.Abs(bucket.Key) <= farthest).Select(bucket => bucket.Value).ToList();
            return counted.Sum(bucket => bucket.ScaledSum) / counted.Sum(bucket => bucket.Count) / Scale;
        }
    }

    /// <summary>The middle number, or the mean of the two in the middle.</summary>
    public double Median => Ranked((Count - 1) / 2) / 2 + Ranked(Count / 2) / 2;

    /// <summary>The number below which a share of the numbers is, in percent: so many are left out, none of them interpolated.</summary>
    public double LowPercentile(int percent) => Ranked(Count * percent / 100);

    /// <summary>The number above which a share of the numbers is, in percent.</summary>
    public double HighPercentile(int percent) => Ranked(Count - 1 - Count * percent / 100);

    // Sorted when it is asked for, which is once a window, and not with every number.
    private IEnumerable<KeyValuePair<double, Bucket>> Sorted => _buckets.OrderBy(bucket => bucket.Key);

    /// <param name="number">The number.</param>
    /// <param name="times">How often it is there.</param>
    public void Add(double number, long times = 1) => Add(LeadingBits(number), new Bucket(times, number * Scale * times));

    public void Merge(NumberSummary other)
    {
        foreach (var (key, bucket) in other._buckets)
            Add(key, bucket);
    }

    /// <summary>The number with all but its leading bits cleared; -0 is 0.</summary>
    private static double LeadingBits(double number) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(number) >> DroppedBits << DroppedBits) + 0.0;

    private void Add(double key, Bucket added)
    {
        ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, key, out _);
        bucket = new Bucket(bucket.Count + added.Count, bucket.ScaledSum + added.ScaledSum);
        Count += added.Count;
    }

    private double FarthestCounted(List<KeyValuePair<double, Bucket>> byDistance) => Count switch
    {
        >= ManyNumbers => Math.Abs(Ranked(byDistance, Count - 1 - Count / ManyNumbers)),
        >= FewestToJudge => Math.Max(1, Math.Abs(Ranked(byDistance, Count - 2))) * AbsurdFactor,
        _ => double.PositiveInfinity,
    };

    private double Ranked(long rank) => Ranked(Sorted, rank);

    private static double Ranked(IEnumerable<KeyValuePair<double, Bucket>> buckets, long rank)
    {
        foreach (var (key, bucket) in buckets)
        {
            if (rank < bucket.Count)
                return key;
            rank -= bucket.Count;
        }

        return double.NaN;
    }

    /// <summary>Numbers that have their leading bits in common.</summary>
    private readonly record struct Bucket(long Count, double ScaledSum);
}
