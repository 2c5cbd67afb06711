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
    public void No_version_is_lost_in_other_and_no_day_has_more_or_less_of_them()
    {
        var data = OfVersions(days: 500, versions: 100);

        var series = Draw("components", "core", data).Series;

        Assert.InRange(series.Count, LabelGroups.OfRange, LabelGroups.Most);
        Assert.DoesNotContain("other", series.Select(series => series.Label));
        Assert.Equal("3.99", series[^1].Label);
        Assert.StartsWith("3.0–3.", series[0].Label, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat<double?>(100, 400), Enumerable.Range(0, 400).Select(day => series.Sum(series => series.Values[^(day + 1)])));
    }

    [Fact]
    public void A_version_that_is_large_in_one_of_the_ranges_is_by_itself()
    {
        var data = OfVersions(days: 500, versions: 30);

        var series = Draw("components", "core", data).Series.Select(series => series.Label).ToList();

        // Of the last month there are no more versions than the page has places for.
        Assert.Equal(Enumerable.Range(19, 11).Select(minor => $"3.{minor}"), series.TakeLast(11));
    }

    [Fact]
    public void Words_that_are_small_in_every_range_are_other()
    {
        var data = OfWords(label => label < LabelGroups.OfRange ? 100 - label : 1);

        var series = Draw("postgresql-versions", null, data).Series;

        Assert.Equal(Enumerable.Range(0, LabelGroups.OfRange).Select(label => $"word {label:d2}").Append("other"), series.Select(series => series.Label));
        Assert.Equal(60 - LabelGroups.OfRange + 7, series[^1].Values.Single());
    }

    [Fact]
    public void Words_that_are_much_of_the_chart_together_are_alphabetical_groups()
    {
        var data = OfWords(_ => 10);

        var series = Draw("postgresql-versions", null, data).Series;

        Assert.Equal("other", series[^1].Label);
        Assert.Equal(7, series[^1].Values.Single());
        Assert.Equal(607, series.Sum(series => series.Values.Single()));
        Assert.All(series, series => Assert.InRange(series.Values.Single()!.Value, 7, 60));
        Assert.Contains("word 12–word 17", series.Select(series => series.Label));
    }

    [Fact]
    public void Where_systems_have_several_labels_it_is_said_how_many_there_are()
    {
        var data = new ChartData(First);
        data.Add(First, "a", 3);
        data.Add(First, "b", 2);
        data.Add(First, "", 4);
        data.Add(First + ChartData.DayMs, "a", 1);

        var chart = Draw("postgresql-versions", null, data);

        Assert.Equal(["a", "b"], chart.Series.Select(series => series.Label));
        Assert.Equal([4, null], chart.Counted);
        Assert.Equal([4, null], data.ToDocument(new ChartId(Catalogue.Find("postgresql-versions")!, null), null).Counted);
        Assert.Null(OfCounted(OfSystems(3)));

        static IReadOnlyList<double?>? OfCounted(ChartData data) => Draw("components", "core", data).Counted;
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
    public void A_year_and_a_month_are_drawn_by_day_and_what_is_older_by_week()
    {
        const int days = 3650;
        var data = new ChartData(First);
        for (var day = 0; day < days; day++)
            data.Add(First + day * ChartData.DayMs, "systems", day);

        var document = Build("active-systems", data);

        Assert.InRange(document.Times.Count, 860, 870);
        Assert.Equal(First + (days - 1) * ChartData.DayMs, document.Times[^1]);
        Assert.Equal(document.Times.Select(time => (double?)((time - First) / ChartData.DayMs)), document.Metrics.Single().Series.Single().Values);
        Assert.Equal(Enumerable.Repeat(ChartData.DayMs, 399), document.Times.Zip(document.Times.Skip(1), (a, b) => b - a).TakeLast(399));
        Assert.All(document.Times.Take(464), time => Assert.Equal(0, (document.Times[^1] - time) % (7 * ChartData.DayMs)));
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

    /// <summary>A hundred systems, the tenth of which has each of ten neighbouring versions, older ones one after the other going.</summary>
    private static ChartData OfVersions(int days, int versions)
    {
        var data = new ChartData(First);
        for (var day = 0; day < days; day++)
        {
            var newest = 9 + day * (versions - 10) / (days - 1);
            for (var minor = newest - 9; minor <= newest; minor++)
                data.Add(First + day * ChartData.DayMs, $"3.{minor}", 10);
        }

        return data;
    }

    private static ChartData OfWords(Func<int, double> systems)
    {
        var data = new ChartData(First);
        for (var label = 0; label < 60; label++)
            data.Add(First, $"word {label:d2}", systems(label));
        data.Add(First, "other", 7);
        return data;
    }

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
