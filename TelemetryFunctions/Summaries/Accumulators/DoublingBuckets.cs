using System.Globalization;
using System.Numerics;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>Buckets of doubling width: 0, 1, 2-3, 4-7, 8-15 and so on to the largest 32-bit number.</summary>
public static class DoublingBuckets
{
    public const int Count = 33;

    /// <summary>The labels, smallest numbers first.</summary>
    public static IReadOnlyList<string> Labels { get; } = [.. Enumerable.Range(0, Count).Select(Label)];

    /// <summary>The index of a number's bucket.</summary>
    public static int Of(uint number) => 32 - BitOperations.LeadingZeroCount(number);

    /// <summary>The index of a number's bucket; a fraction counts as the whole number below it.</summary>
    public static int Of(double number) => Of((uint)Math.Clamp(number, 0, uint.MaxValue));

    private static string Label(int bucket)
    {
        if (bucket < 2)
            return bucket.ToString(CultureInfo.InvariantCulture);

        var first = 1L << (bucket - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{first}-{2 * first - 1}");
    }
}
