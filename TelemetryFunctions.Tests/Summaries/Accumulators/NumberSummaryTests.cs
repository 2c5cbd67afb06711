using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Tests.Summaries.Accumulators;

public sealed class NumberSummaryTests
{
    [Theory]
    [InlineData(4294967295)]
    [InlineData(-4294967295)]
    [InlineData(1e300)]
    [InlineData(401)]
    public void One_absurd_number_of_few_is_not_in_the_mean(double absurd) => Assert.Equal(4, Of([absurd, .. Enumerable.Repeat(4.0, 9)]).Mean);

    [Fact]
    public void One_absurd_number_among_zeros_is_not_in_the_mean() => Assert.Equal(0, Of([0, 0, 101]).Mean);

    [Theory]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 1, 1000 }, 500.5)]
    [InlineData(new double[] { 1, 2, 3 }, 2)]
    [InlineData(new double[] { 0, 0, 100 }, 100 / 3.0)]
    [InlineData(new double[] { 4, 4, 400 }, 136)]
    [InlineData(new double[] { -3, 1, 2 }, 0)]
    public void What_few_systems_may_well_have_is(double[] numbers, double mean) => Assert.Equal(mean, Of(numbers).Mean);

    [Theory]
    [InlineData(999, 0)]
    [InlineData(1000, 1)]
    [InlineData(1999, 1)]
    [InlineData(2000, 2)]
    [InlineData(10_000, 10)]
    public void Of_many_numbers_those_beyond_the_percentile_are_not_in_the_mean(int count, int beyond)
    {
        var numbers = Enumerable.Range(1, count).Select(number => Math.ScaleB(1 + number / 16384.0, number % 2 == 0 ? 0 : 9)).ToList();

        Assert.Equal(numbers.Order().SkipLast(beyond).Average(), Of(numbers).Mean, 1.0);
        Assert.Equal(4, Of([.. Enumerable.Repeat(4.0, count - beyond), .. Enumerable.Repeat(1e9, beyond)]).Mean);
    }

    [Fact]
    public void Of_many_equal_numbers_none_lies_beyond() =>
        Assert.Equal(2, Of([.. Enumerable.Repeat(0.0, 500), .. Enumerable.Repeat(4.0, 500)]).Mean);

    [Fact]
    public void The_largest_numbers_do_not_add_up_to_infinity()
    {
        var numbers = Of(Enumerable.Repeat(double.MaxValue, 50));

        Assert.Equal(double.MaxValue, numbers.Mean, double.MaxValue / 1e15);
        Assert.Equal(double.MaxValue, numbers.Median, double.MaxValue / 500);
    }

    [Fact]
    public void Merged_they_leave_out_what_all_together_would()
    {
        var (left, right) = (Of([4, 4, 4, 4294967295]), Of([4, 4, 4, 4, 4, 4]));

        left.Merge(right);

        Assert.Equal((4, 10), (left.Mean, left.Count));
    }

    private static NumberSummary Of(IEnumerable<double> numbers)
    {
        var summary = new NumberSummary();
        foreach (var number in numbers)
            summary.Add(number);
        return summary;
    }
}
