using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Overview;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Charts.Overview;

public sealed class OverviewBuilderTests
{
    private const long First = 1_794_960_000_000;

    private static readonly MetricCatalogue Catalogue = ReportMetrics.Catalogue;

    [Fact]
    public void The_largest_labels_are_drawn_and_the_rest_is_other()
    {
        const int labels = 2 * OverviewBuilder.MaxLabels;
        const int once = OverviewBuilder.MaxLabels;
        const int today = OverviewBuilder.LargestToday;
        var data = new ChartData(First);
        for (var label = 0; label < labels; label++)
            data.Add(First, $"3.{label}", label < once ? 1000 - label : 1);
        data.Add(First, "other", 7);
        for (var label = labels - today; label < labels; label++)
            data.Add(First + ChartData.DayMs, $"3.{label}", 10);
        data.Add(First + ChartData.DayMs, $"3.{once}", 2);

        var series = Draw("components", "core", data).Series;

        var kept = Enumerable.Range(0, once - today).Concat(Enumerable.Range(labels - today, today)).ToList();
        Assert.Equal(kept.Select(label => $"3.{label}").Append("other"), series.Select(series => series.Label));
        var dropped = Enumerable.Range(0, labels).Except(kept).Sum(label => label < once ? 1000 - label : 1);
        Assert.Equal([dropped + 7, 2], series[^1].Values);
    }

    [Fact]
    public void All_labels_of_a_distribution_are_drawn()
    {
        var data = new ChartData(First);
        for (var bucket = 0; bucket < 12; bucket++)
            data.Add(First, TelemetryFunctions.Summaries.Accumulators.DoublingBuckets.Labels[bucket], bucket);

        Assert.Equal(["0", "1", "2-3", "4-7", "8-15", "16-31", "32-63", "64-127", "128-255", "256-511", "512-1023", "1024-2047"], Draw("users", null, data).Series.Select(series => series.Label));
    }

    [Fact]
    public void Two_years_are_drawn_by_day_and_what_is_older_by_week()
    {
        const int days = 3650;
        var data = new ChartData(First);
        for (var day = 0; day < days; day++)
            data.Add(First + day * ChartData.DayMs, "systems", day);

        var document = Build("active-systems", data);

        Assert.InRange(document.Times.Count, 732, 1200);
        Assert.Equal(First + (days - 1) * ChartData.DayMs, document.Times[^1]);
        Assert.Equal(document.Times.Select(time => (double?)((time - First) / ChartData.DayMs)), document.Metrics.Single().Series.Single().Values);
        Assert.Equal(Enumerable.Repeat(ChartData.DayMs, 731), document.Times.Zip(document.Times.Skip(1), (a, b) => b - a).TakeLast(731));
        Assert.Equal(7 * ChartData.DayMs, document.Times[1] - document.Times[0]);
    }

    [Fact]
    public void Of_very_many_names_the_largest_have_a_chart()
    {
        var charts = Enumerable.Range(0, 60).Select(name => (Name: $"c{name}", Data: OfSystems(name))).ToArray();
        new Random(1).Shuffle(charts);

        var builder = Builder(charts[0].Data);
        foreach (var (name, data) in charts)
            builder.Add(new ChartId(Catalogue.Find("components")!, name), data);

        Assert.Equal(
            Enumerable.Range(60 - OverviewBuilder.MaxNames, OverviewBuilder.MaxNames).Select(name => $"components/c{name}"),
            builder.Build().Metrics.Select(metric => metric.Id));
    }

    [Fact]
    public void Of_charts_of_one_size_the_first_by_title_are_kept_and_no_other_is_drawn_after_them()
    {
        var titles = Enumerable.Range(0, 30).Select(title => $"t{title:d2}").ToList();
        var drawn = new List<string>();
        var largest = new LargestCharts(7);

        // The smallest titles come in the middle: larger ones give way to them, and those that follow are not drawn.
        foreach (var title in titles[10..20].Concat(titles[..10]).Concat(titles[20..]))
        {
            largest.Add(3, title, () =>
            {
                drawn.Add(title);
                return Draw("components", title, OfSystems(3));
            });
        }

        Assert.Equal(titles[..7], largest.All.Select(chart => chart.Title).Order(StringComparer.Ordinal));
        Assert.Equal([.. titles[10..17], .. titles[..7]], drawn);
    }

    [Fact]
    public void A_chart_says_what_it_counts_and_where_all_of_it_is()
    {
        var data = new ChartData(First);
        data.Add(First, "3.21", 1);

        var chart = Draw("components", "co re", data);

        Assert.Equal(("components/co re", "co re", "Components", "systems", "versions"), (chart.Id, chart.Title, chart.Group, chart.Unit, chart.Kind));
        Assert.Equal(("/charts/components/co%20re", "/catalogue#components", "xy", "share"), (chart.Href, chart.Catalogue, chart.By, chart.Shape));
        Assert.Equal(["xy", "xyz"], chart.Breakdowns);
        Assert.Equal("systems that report the component", chart.OutOf);
    }

    private static OverviewMetric Draw(string metric, string? name, ChartData data) => Builder(data).Draw(new ChartId(Catalogue.Find(metric)!, name), data);

    private static ChartData OfSystems(int systems)
    {
        var data = new ChartData(First);
        data.Add(First, "1.0", systems);
        return data;
    }

    private static OverviewDocument Build(string metric, ChartData data)
    {
        var builder = Builder(data);
        builder.Add(new ChartId(Catalogue.Find(metric)!, null), data);
        return builder.Build();
    }

    private static OverviewBuilder Builder(ChartData data) => new(Catalogue, new ChartSpan(First, data.EndMs, data.EndMs));
}
