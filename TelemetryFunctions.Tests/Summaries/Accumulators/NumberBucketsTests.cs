using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Tests.Summaries.Accumulators;

public sealed class NumberBucketsTests
{
    [Theory]
    [InlineData("0 1 10 100", "0|1-9|10-99|100 or more", "0 0.5 1 9 9.9 10 99 100 1e9", "0 0 1 1 1 2 2 3 3")]
    [InlineData("5 10", "under 5|5-9|10 or more", "0 4.9 5 10", "0 0 1 2")]
    [InlineData("0 0.5 2", "0-0.5|0.5-2|2 or more", "0 0.4 0.5 2", "0 0 1 2")]
    [InlineData("0", "0 or more", "0 7", "0 0")]
    public void A_number_is_in_the_last_bucket_that_begins_with_it_or_below(string starts, string labels, string numbers, string expected)
    {
        var buckets = NumberBuckets.From(Numbers(starts));

        Assert.Equal(labels, string.Join('|', buckets.Labels));
        Assert.Equal(expected, string.Join(' ', Numbers(numbers).Select(buckets.Of)));
    }

    private static List<double> Numbers(string text) => [.. text.Split(' ').Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
}
