using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Accumulators;

namespace TelemetryFunctions.Tests.Summaries.Accumulators;

public sealed class AgeInDaysAccumulatorTests
{
    [Fact]
    public void Systems_are_counted_by_age_and_by_being_that_old_or_older()
    {
        var ages = Of(0, 0, 1, 3, 100);

        Assert.Equal([("0", 2), ("1", 1), ("2-3", 1), ("64-127", 1)], ages.Labels(AgeInDaysAccumulator.ByAge));
        Assert.Equal(
            [("0", 5), ("1", 3), ("2-3", 2), ("4-7", 1), ("8-15", 1), ("16-31", 1), ("32-63", 1), ("64-127", 1)],
            ages.Labels(AgeInDaysAccumulator.ByAccumulated));
    }

    [Fact]
    public void A_day_without_systems_has_no_points() => Assert.Empty(Of().Points("m", new LabelBounds(1)));

    [Fact]
    public void Merged_it_is_as_if_one_had_seen_all()
    {
        var (left, right) = (Of(1, 5, 9), Of(0, 5, 700));

        left.Merge(right);

        var all = Of(1, 5, 9, 0, 5, 700);
        Assert.Equal(all.Labels(AgeInDaysAccumulator.ByAge), left.Labels(AgeInDaysAccumulator.ByAge));
        Assert.Equal(all.Labels(AgeInDaysAccumulator.ByAccumulated), left.Labels(AgeInDaysAccumulator.ByAccumulated));
    }

    private static AgeInDaysAccumulator Of(params int[] ages)
    {
        var accumulator = new AgeInDaysAccumulator();
        foreach (var age in ages)
            accumulator.Add(new Report(), age);
        return accumulator;
    }
}
