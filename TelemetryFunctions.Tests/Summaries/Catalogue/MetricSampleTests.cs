using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Summaries.Catalogue;

public sealed class MetricSampleTests
{
    [Theory]
    [InlineData(0, "a")]
    [InlineData(0.2499, "a")]
    [InlineData(0.25, "b")]
    [InlineData(0.8749, "b")]
    [InlineData(0.875, "c")]
    [InlineData(0.9999999999999999, "c")]
    public void A_value_is_drawn_as_often_as_it_weighs(double draw, string value)
    {
        var sample = new MetricSample([(Value.ForString("a"), 2), (Value.ForString("b"), 5), (Value.ForString("c"), 1)], hasWeights: true);

        Assert.Equal(value, sample.Draw(draw).StringValue);
    }

    [Fact]
    public void Without_weights_every_value_is_as_common()
    {
        var sample = MetricSample.Of(new double[] { 1, 2, 3, 4 }.Select(Value.ForNumber));

        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4], Enumerable.Range(0, 8).Select(i => (int)sample.Draw(i / 8.0).NumberValue));
    }
}
