using System.Net;
using System.Text;
using System.Text.Json;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts;

/// <summary><c>compare=previous</c>: the period before, day by day beside the one that is asked for.</summary>
public sealed class PreviousPeriodTests
{
    private static readonly DateOnly First = new(2026, 11, 1);

    // Ten days: 1 to 10 of one label, and of another nothing is known before the fourth.
    private static readonly ChartDocument Chart = new(
        "components/core", "core", "systems", First.AddDays(9), true, [.. Enumerable.Range(0, 10).Select(day => ChartQuery.Ms(First.AddDays(day)))],
        [
            new("3.21", [.. Enumerable.Range(1, 10).Select(value => (double?)value)]),
            new("3.22", [null, null, null, .. Enumerable.Range(1, 7).Select(value => (double?)value)]),
        ])
    {
        Counted = [.. Enumerable.Range(11, 10).Select(value => (double?)value)],
    };

    [Fact]
    public void It_is_of_as_many_days_just_before_and_each_day_is_as_far_in_it()
    {
        var cut = Cut(First.AddDays(6), First.AddDays(8));
        var previous = cut.Previous!;

        Assert.Equal((First.AddDays(3), First.AddDays(5)), (previous.From, previous.To));
        Assert.Equal(cut.Times.Select(time => time - 3 * ChartData.DayMs), previous.Times);
        Assert.Equal([7, 8, 9], cut.Series[0].Values);
        Assert.Equal([4, 5, 6], previous.Series[0].Values);
        Assert.Equal([1, 2, 3], previous.Series[1].Values);
        Assert.Equal([14, 15, 16], previous.Counted);
    }

    [Fact]
    public void What_is_not_known_of_it_is_null_and_never_0()
    {
        var previous = Cut(First.AddDays(4), null).Previous!;

        Assert.Equal((First.AddDays(-2), First.AddDays(3)), (previous.From, previous.To));
        Assert.Equal([null, null, 1, 2, 3, 4], previous.Series[0].Values);
        Assert.Equal([null, null, null, null, null, 1], previous.Series[1].Values);
    }

    [Theory]
    [InlineData("0001-01-01", "9999-12-31")]
    [InlineData("2027-01-01", "2027-02-01")]
    [InlineData("0001-01-01", "0001-01-02")]
    public void Days_that_there_are_not_are_no_error(string from, string to)
    {
        var cut = Cut(DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(cut.Times.Count, cut.Previous!.Times.Count);
        Assert.All(cut.Previous.Series, series => Assert.All(series.Values, Assert.Null));
        Assert.NotEmpty(ChartCsv.Write(cut));
    }

    [Fact]
    public void CSV_has_both_days_and_all_values_in_a_row()
    {
        var csv = Encoding.UTF8.GetString(ChartCsv.Write(Cut(First.AddDays(4), First.AddDays(5))));

        Assert.Equal("day,3.21,3.22,previous day,previous 3.21,previous 3.22\r\n2026-11-05,5,2,2026-11-03,3,\r\n2026-11-06,6,3,2026-11-04,4,1\r\n", csv);
    }

    [Fact]
    public async Task It_is_asked_for_by_the_query_of_a_chart()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory);
        foreach (var processes in (int[])[3, 5])
        {
            await site.PostJsonAsync($$"""{"system_id":"{{ReportBuilder.Id(1)}}","online_workers":{"processes":{{processes}} } }""");
            site.Clock.Advance(TimeSpan.FromDays(1));
        }

        await site.SummarizeAsync();
        using var chart = JsonDocument.Parse(await site.GetAsync("/charts/workers?from=2026-11-19&compare=previous"));

        Assert.Equal(
            """{"from":"2026-11-18","to":"2026-11-18","times":[1794960000000],"series":[{"label":"processes","values":[3]}]}""",
            chart.RootElement.GetProperty("previous").GetRawText());
        Assert.DoesNotContain("previous", await site.GetAsync("/charts/workers?from=2026-11-19"), StringComparison.Ordinal);
        foreach (var (query, error) in new[]
        {
            ("compare=previous", "needs from"), ("from=2026-11-19&compare=next", "it must be previous"), ("from=2026-11-19&compare=previous&format=svg", "json and csv"),
        })
        {
            using var response = await site.Client.GetAsync("/charts/workers?" + query);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(error, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static ChartDocument Cut(DateOnly from, DateOnly? to) => new ChartQuery("xy", from, to, ChartFormat.Json, IsCompared: true).Cut(Chart);
}
