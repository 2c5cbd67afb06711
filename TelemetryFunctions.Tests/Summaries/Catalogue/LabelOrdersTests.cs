using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Summaries.Catalogue;

public sealed class LabelOrdersTests
{
    [Theory]
    [InlineData("3.2", "3.9", "3.15", "3.21", "3.21.0", "3.21.4", "10.0", "other")]
    [InlineData("", "0.1", "1.0", "1.0a1", "1.0a10", "1.00000000000000000000000001", "1.10000000000000000000000000", "a", "unknown")]
    [InlineData("9.6.24", "13.1", "16.4", "Unknown")]
    [InlineData("1.01", "1.1", "1.2")]
    public void Natural_order_compares_numbers_as_numbers(params string[] labels)
    {
        var order = new NaturalOrder();
        foreach (var (i, left) in labels.Index())
        {
            foreach (var (j, right) in labels.Index())
                Assert.Equal((left, right, Math.Sign(i - j)), (left, right, Math.Sign(order.Compare(left, right))));
        }
    }

    [Fact]
    public void Listed_order_is_the_order_of_the_list() =>
        Assert.Equal(["0", "2-3", "16-31", "other"], new[] { "16-31", "other", "2-3", "0" }.Order(MetricKind.Histogram.LabelOrder));
}
