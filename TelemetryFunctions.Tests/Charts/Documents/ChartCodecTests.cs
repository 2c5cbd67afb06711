using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Charts.Documents;

public sealed class ChartCodecTests
{
    private const long First = 1_794_960_000_000;

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(3, 3, 3)]
    [InlineData(0.1, 1.0 / 3, 2e-300)]
    [InlineData(double.MaxValue, double.Epsilon, -1.5)]
    [InlineData(-0.0, 0, 0)]
    [InlineData(9007199254740992, 9007199254740991, -9007199254740992)]
    [InlineData(9007199254740994, 1e300, 0)]
    public void Values_come_back_to_the_last_bit(double a, double b, double c)
    {
        var data = new ChartData(First);
        foreach (var (day, value) in new[] { a, b, c }.Index())
            data.Add(First + day * ChartData.DayMs, "x", value);

        var values = ChartCodec.Read(ChartCodec.Write(data)).Columns["x"].Values;

        Assert.Equal(new[] { a, b, c }.Select(BitConverter.DoubleToInt64Bits), values.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void A_label_has_no_value_before_it_appeared_and_counts_0_only_where_others_are_all_that_there_is()
    {
        var data = new ChartData(First);
        data.Add(First + 1 * ChartData.DayMs, "y", 5);
        data.Add(First + 2 * ChartData.DayMs, "x", 7);
        data.Add(First + 3 * ChartData.DayMs, "y", 5);
        data.Add(First + 4 * ChartData.DayMs, "x", 8);
        data.Add(First + 5 * ChartData.DayMs, "y", 5);
        data.Add(First + 5 * ChartData.DayMs, "other", 2);
        data.Add(First + 6 * ChartData.DayMs, "y", 5);
        data.Add(First + 6 * ChartData.DayMs, "other", 0);
        data.Extend(First + 8 * ChartData.DayMs);

        var read = ChartCodec.Read(ChartCodec.Write(data));

        Assert.Equal((First, 8, First + 8 * ChartData.DayMs), (read.FirstMs, read.Days, read.EndMs));
        Assert.Equal([null, null, 7, 0, 8, null, 0, null], Values(MetricKind.Count));
        Assert.Equal([null, null, 7, null, 8, null, null, null], Values(MetricKind.Mean));

        IReadOnlyList<double?> Values(MetricKind kind) => read.Series(new Metric("m", "M", "G", "u", kind, null)).Single(series => series.Label == "x").Values;
    }

    [Fact]
    public void Ten_years_of_counts_take_few_bytes()
    {
        var random = new Random(1);
        var data = new ChartData(First);
        for (var day = 0; day < 3650; day++)
        {
            for (var label = day / 120; label < day / 120 + 8; label++)
                data.Add(First + day * ChartData.DayMs, $"3.{label}", 1000 + random.Next(20));
        }

        // Eight values a day: about a byte each.
        Assert.InRange(ChartCodec.Write(data).Length, 1, 3650 * 8 * 2);
    }
}
