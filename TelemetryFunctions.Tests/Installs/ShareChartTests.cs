using FsCheck;
using FsCheck.Fluent;
using TelemetryFunctions.Installs;

namespace TelemetryFunctions.Tests.Installs;

public sealed class ShareChartTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void Labels_with_few_installs_are_part_of_other()
    {
        var chart = Build(3, Of(("Linux", 50), ("Darwin", 3), ("FreeBSD", 2), ("other", 1)));
        Assert.Equal([("Darwin", 3), ("Linux", 50), ("other", 3)], Values(chart, 0));
    }

    [Fact]
    public void The_rest_is_no_small_number_either()
    {
        // 1 alone would be told by name, though that is `other`: the smallest label hides it.
        Assert.Equal([("Linux", 50), ("other", 4)], Values(Build(3, Of(("Linux", 50), ("Darwin", 3), ("FreeBSD", 1))), 0));
        Assert.Equal([("other", 6)], Values(Build(3, Of(("Linux", 5), ("FreeBSD", 1))), 0));
        Assert.Empty(Build(3, Of(("Linux", 1), ("FreeBSD", 1))).Series);
        Assert.Empty(Build(3, Of(("other", 2))).Series);
        Assert.Empty(Build(3).Series);
    }

    [Fact]
    public void More_labels_than_can_be_told_apart_are_part_of_other()
    {
        var chart = Build(1, Of([.. Enumerable.Range(0, 10).Select(i => ($"8.{i}", 100L - i))]));
        Assert.Equal(["8.0", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "other"], chart.Series.Select(series => series.Label));
        Assert.Equal(93 + 92 + 91, chart.Series[^1].Values[0]);
    }

    [Fact]
    public void Labels_are_in_natural_order_and_bars_without_gaps()
    {
        var chart = Build(1, Of(("10.0", 4), ("8.3", 5), ("other", 2)), Of(), Of(("8.3", 1)));
        Assert.Equal(["8.3", "10.0", "other"], chart.Series.Select(series => series.Label));
        Assert.Equal([Day, Day.AddDays(1), Day.AddDays(2)], chart.Starts);
        Assert.Equal([5, null, 1], chart.Series[0].Values);
        Assert.Equal([4, null, null], chart.Series[1].Values);
    }

    [Fact]
    public void After_some_time_bars_are_weeks_and_then_months()
    {
        Assert.Equal(ChartStep.Day, Build(1, [.. Enumerable.Repeat(Of(("Linux", 1)), 92)]).Step);
        var weeks = Build(1, [.. Enumerable.Repeat(Of(("Linux", 1)), 93)]);
        Assert.Equal((ChartStep.Week, new DateOnly(2026, 11, 16), 93), (weeks.Step, weeks.Starts[0], weeks.Series[0].Values.Sum()));
        Assert.Equal(ChartStep.Month, Build(1, [.. Enumerable.Repeat(Of(("Linux", 1)), 732)]).Step);
    }

    [Fact]
    public void Whatever_is_counted_no_number_below_the_minimum_is_published_and_none_is_lost() =>
        Prop.ForAll(
            (from days in Gen.ListOf(Gen.ListOf(from label in Gen.Choose(0, 12) from installs in Gen.Choose(1, 8) select (label, installs)), 12)
             from minimum in Gen.Choose(1, 20)
             select (Days: days, Minimum: minimum)).ToArbitrary(),
            input =>
            {
                var days = input.Days.Select(day => Of([.. day.GroupBy(label => label.label).Select(label => (label.Key == 0 ? "other" : $"8.{label.Key}", (long)label.Sum(one => one.installs)))])).ToArray();
                var chart = Build(input.Minimum, days);
                Assert.All(chart.Series.SelectMany(series => series.Values), value => Assert.True(value is null || value >= input.Minimum));
                for (var bar = 0; bar < chart.Starts.Count; bar++)
                {
                    var counted = days[chart.Starts[bar].DayNumber - Day.DayNumber].Values.Sum();
                    Assert.Equal(counted >= input.Minimum ? counted : 0, chart.Series.Sum(series => series.Values[bar] ?? 0));
                }

                var shares = new AgentShares(chart, ShareChart.Empty);
                var stored = AgentShares.Parse(shares.ToBytes());
                Assert.Equal((chart.Step, 0), (stored.Platforms.Step, stored.Php.Series.Count));
                Assert.Equal(chart.Starts, stored.Platforms.Starts);
                Assert.Equal(chart.Series.Select(series => (series.Label, string.Join(' ', series.Values))), stored.Platforms.Series.Select(series => (series.Label, string.Join(' ', series.Values))));
            }).Check(Config.QuickThrowOnFailure);

    private static Dictionary<string, long> Of(params (string Label, long Installs)[] labels) => labels.ToDictionary();

    private static ShareChart Build(int minimum, params Dictionary<string, long>[] days) => ShareChart.Build(
        [.. days.Select((day, index) => (Day.AddDays(index), (IDictionary<string, long>)day))], Day.AddDays(Math.Max(0, days.Length - 1)), minimum);

    private static IEnumerable<(string Label, long Installs)> Values(ShareChart chart, int bar) =>
        chart.Series.Where(series => series.Values[bar] is not null).Select(series => (series.Label, series.Values[bar]!.Value));
}
