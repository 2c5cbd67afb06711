using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Badges;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Charts.Badges;

/// <summary>What a badge says of each kind of metric.</summary>
public sealed class ChartBadgeTests
{
    private const long First = 1_794_960_000_000;

    private static readonly DateOnly FirstDay = new(2026, 11, 18);

    [Theory]
    [InlineData("active-systems", null, null, "systems=1204", "Active systems", "1.2k")]
    [InlineData("active-systems", null, null, "systems=0", "Active systems", "0")]
    [InlineData("components", "core", "xy", "3.9=10|3.21=45|3.22=45|other=10", "core", "3.22 (40%)")]
    [InlineData("components", "core", "xy", "3.9=1|other=999", "core", "3.9 (0.1%)")]
    [InlineData("components", "core", "xyz", "other=7", "core", "other")]
    [InlineData("postgresql-versions", null, null, "16.4=999|17.0=1", "PostgreSQL versions", "16.4 (99%)")]
    [InlineData("workers", null, "median", "hosts=2|processes=12.5", "Workers", "median hosts 2, processes 12.5")]
    [InlineData("workers", null, "p95", "processes=1250.25", "Workers", "p95 1,250.3")]
    [InlineData("users", null, null, "0=1|1=3|2-3=3", "Users", "2-3 (42%)")]
    [InlineData("users", null, null, "0=0|1=0", "Users", "0")]
    [InlineData("system-age", null, null, "under 1 week=1|1-2 years=3", "Systems by age", "1-2 years (75%)")]
    [InlineData("demography", null, "age", "0=1|64-127=3", "Demography", "64-127 days (75%)")]
    [InlineData("demography", null, "accumulated", "0=10|1=8|2-3=5|4-7=4", "Demography", "half for 2 days or longer")]
    public void The_newest_day_is_told_in_a_few_words(string metric, string? name, string? by, string values, string label, string message) =>
        Assert.Equal(
            Badge.Of(label, message),
            ChartBadge.Of(Chart(metric, name, by), Document(1, [.. values.Split('|').Select(value => value.Split('=')).Select(part => (part[0], (double?[])[double.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture)]))])));

    [Fact]
    public void A_sum_is_a_number()
    {
        var metric = new Metric("requests", "Requests", "Use", "requests", MetricKind.Sum, null);

        Assert.Equal("1.2M", ChartBadge.Message(new ChartOfSeries(new ChartId(metric, null), null), [("total", 1_250_000.7)]));
    }

    [Fact]
    public void A_day_that_is_not_over_does_not_count()
    {
        var badge = ChartBadge.Of(Chart("active-systems", null, null), Document(1, ("systems", [4, 5])));

        Assert.Equal("4", badge.Message);
    }

    [Fact]
    public void Where_there_is_nothing_it_says_so()
    {
        Assert.Equal(Badge.OfNothing("Active systems", "no data yet"), ChartBadge.Of(Chart("active-systems", null, null), Document(0)));
        Assert.Equal(Badge.OfNothing("Workers", "no data yet"), ChartBadge.Of(Chart("workers", null, "median"), Document(2, ("hosts", [null, null]))));
        Assert.Equal(Badge.OfNothing("Workers", "not known"), ChartBadge.Of(Chart("workers", null, "median"), Document(2, ("hosts", [3, null]))));
        Assert.Equal(Badge.OfNothing("Versions", "no data yet"), ChartBadge.Of(Chart("components", "what anybody wrote", "xy"), null));
    }

    [Fact]
    public void Every_kind_has_a_message()
    {
        foreach (var kind in MetricKind.All)
        {
            var metric = new Metric("id", "Title", "Group", "systems", kind, null);
            foreach (var chart in ChartOfSeries.All(new ChartId(metric, kind.IsPerName ? "name" : null)))
                Assert.NotEmpty(ChartBadge.Of(chart, Document(1, ("4-7", [3]), ("8-15", [4]))).Message);
        }
    }

    private static ChartOfSeries Chart(string metric, string? name, string? by) => new(new ChartId(ReportMetrics.Catalogue.Find(metric)!, name), by);

    /// <summary>A chart of so many days that are over, and perhaps one that is not.</summary>
    private static ChartDocument Document(int closed, params (string Label, double?[] Values)[] series)
    {
        var days = series.Select(series => series.Values.Length).FirstOrDefault();
        return new ChartDocument(
            "id", "title", "systems", closed == 0 ? null : FirstDay.AddDays(closed - 1), days > closed,
            [.. Enumerable.Range(0, days).Select(day => First + day * ChartData.DayMs)],
            [.. series.Select(series => new ChartSeries(series.Label, series.Values))]);
    }
}
