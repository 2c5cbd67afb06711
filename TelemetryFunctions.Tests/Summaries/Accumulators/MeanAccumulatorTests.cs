using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Tests.Summaries.Accumulators;

public sealed class MeanAccumulatorTests
{
    private const int Enough = MeanAccumulator.MinimumOfPercentiles;

    [Fact]
    public void Nothing_is_said_of_a_number_that_fewer_systems_sent_than_a_label_must_have()
    {
        var workers = Of([5, 6]);
        workers.Add(new Report { OnlineWorkers = new ProcessStats { Processes = 7 } });
        workers.Add(new Report { OnlineWorkers = new ProcessStats { Hosts = 37 } });
        workers.Add(new Report());

        Assert.Equal([("processes", 6)], workers.Labels(MeanAccumulator.ByMean, minimumSystems: 3));
        Assert.Equal([("processes", 6)], workers.Labels(MeanAccumulator.ByMedian, minimumSystems: 3));
        Assert.Equal([("hosts", 37)], workers.Labels(MeanAccumulator.ByMean, minimumSystems: 1).Skip(1));
        Assert.Empty(workers.Points("m", new LabelBounds(4)));
    }

    [Theory]
    [InlineData(1, Enough - 1, false)]
    [InlineData(1, Enough, true)]
    [InlineData(3, Enough, true)]
    [InlineData(Enough + 1, Enough, false)]
    public void Percentiles_are_of_many_systems(int minimumSystems, int systems, bool arePublished)
    {
        var workers = Of(Enumerable.Range(1, systems).Select(number => (uint)number));

        Assert.Equal(arePublished, workers.Labels(MeanAccumulator.ByP5, minimumSystems).Count > 0);
        Assert.Equal(arePublished, workers.Labels(MeanAccumulator.ByP95, minimumSystems).Count > 0);
    }

    [Theory]
    [InlineData(20, 2, 19)]
    [InlineData(39, 2, 38)]
    [InlineData(40, 3, 38)]
    [InlineData(100, 6, 95)]
    public void The_smallest_and_the_largest_number_are_in_no_point_and_can_not_be_computed_from_one(int systems, double low, double high)
    {
        var numbers = Enumerable.Range(1, systems).Select(number => (uint)number).ToArray();
        var workers = Of(numbers);
        Assert.Equal([("processes", low)], workers.Labels(MeanAccumulator.ByP5));
        Assert.Equal([("processes", high)], workers.Labels(MeanAccumulator.ByP95));

        (numbers[0], numbers[^1]) = (0, 1_000_000);
        var extreme = Of(numbers);
        Assert.Equal([("processes", low)], extreme.Labels(MeanAccumulator.ByP5));
        Assert.Equal([("processes", high)], extreme.Labels(MeanAccumulator.ByP95));
    }

    [Fact]
    public void Merged_it_is_as_if_one_had_seen_all()
    {
        var numbers = Enumerable.Range(0, 100).Select(number => (uint)(number * number * 37)).ToList();
        var (all, left, right) = (Of(numbers), Of(numbers.Take(30)), Of(numbers.Skip(30)));

        left.Merge(right);

        Assert.Equal(all.Points("m", new LabelBounds(1)), left.Points("m", new LabelBounds(1)));
    }

    [Fact]
    public void Of_large_numbers_median_and_percentiles_are_hardly_too_low()
    {
        var workers = Of(Enumerable.Range(0, Enough).Select(_ => 1_234_567u));

        foreach (var by in new[] { MeanAccumulator.ByMedian, MeanAccumulator.ByP5, MeanAccumulator.ByP95 })
            Assert.InRange(Assert.Single(workers.Labels(by)).Value, 1_234_567 * 0.998, 1_234_567);
        Assert.Equal([("processes", 1_234_567)], workers.Labels(MeanAccumulator.ByMean));
    }

    private static MeanAccumulator Of(IEnumerable<uint> processes)
    {
        var accumulator = new MeanAccumulator(Observations.Field("online_workers"));
        foreach (var number in processes)
            accumulator.Add(new Report { OnlineWorkers = new ProcessStats { Processes = number } });
        return accumulator;
    }
}
