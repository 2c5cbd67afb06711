using System.Globalization;

namespace TelemetryFunctions.Summaries.Accumulators;

/// <summary>The buckets that numbers from 0 up are counted in.</summary>
/// <param name="Labels">The labels, smallest numbers first.</param>
/// <param name="Of">The index of a number's bucket.</param>
public sealed record NumberBuckets(IReadOnlyList<string> Labels, Func<double, int> Of)
{
    /// <summary>0, 1, 2-3, 4-7 and so on.</summary>
    public static readonly NumberBuckets Doubling = new(DoublingBuckets.Labels, DoublingBuckets.Of);

    /// <summary>Buckets that begin with some numbers, the last without an end: 0, 1, 10 and 100 are <c>0</c>, <c>1-9</c>, <c>10-99</c> and <c>100 or more</c>.</summary>
    /// <param name="starts">Ascending numbers. Where the first is not 0, numbers below it have a bucket too.</param>
    public static NumberBuckets From(IReadOnlyList<double> starts)
    {
        var areWhole = starts.All(double.IsInteger);
        var labels = starts.Zip(starts.Skip(1), (start, next) => areWhole && next == start + 1 ? Write(start) : $"{Write(start)}-{Write(areWhole ? next - 1 : next)}")
            .Append($"{Write(starts[^1])} or more");
        return starts[0] > 0
            ? new([.. labels.Prepend($"under {Write(starts[0])}")], number => Count(number))
            : new([.. labels], number => Math.Max(0, Count(number) - 1));

        int Count(double number) => starts.TakeWhile(start => start <= number).Count();
    }

    private static string Write(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
