using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Charts.Overview;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Tests.Charts.Page;

public sealed class ChartTablesHtmlTests
{
    private const long DayMs = 86_400_000;
    private const long First = 1_794_960_000_000;

    [Fact]
    public void The_last_thirty_days_are_shown_newest_first()
    {
        var html = Render(Chart("core", Series("3.21", [.. Enumerable.Range(0, 40).Select(day => (double?)day)])));

        Assert.Equal(30, html.Split("<th scope=\"row\">").Length - 1);
        Assert.Contains("<tbody>\n<tr><th scope=\"row\">2026-12-27<td>39\n<tr><th scope=\"row\">2026-12-26<td>38\n", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_nobody_has_any_more_are_left_out()
    {
        var html = Render(Chart(
            "core",
            Series("old", [.. Enumerable.Range(0, 40).Select(day => (double?)(day < 5 ? 3 : 0))]),
            Series("young", [.. Enumerable.Range(0, 40).Select(day => day < 39 ? null : (double?)1.5)])));

        Assert.DoesNotContain("old", html, StringComparison.Ordinal);
        Assert.Contains("2026-12-27<td>1.5\n<tr><th scope=\"row\">2026-12-26<td>\n", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_labels_from_reports_are_text()
    {
        const string attack = "<img src=x onerror=alert(1)>\"'&";

        var html = Render(Chart(attack, Series(attack, [.. Enumerable.Repeat<double?>(1, 40)])));

        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_of_the_days_are_said_where_the_chart_has_any()
    {
        var day = new DateOnly(2026, 12, 27);
        ChartMark[] marks =
        [
            new(day.AddDays(-35), ChartMark.Outage) { Hours = 2 },
            new(day.AddDays(-1), ChartMark.Note) { Text = "3.0 <b>", Link = "https://example.org/?a&b" },
            new(day.AddDays(-1), ChartMark.Note) { Text = "Elsewhere", Charts = ["workers"] },
            new(day, ChartMark.Outage) { Hours = 1 },
            new(day, ChartMark.Note) { Text = "Here", Charts = ["components"] },
        ];
        var chart = Chart("core", Series("3.21", [.. Enumerable.Repeat<double?>(1, 40)]));

        var html = Render(chart, marks);

        Assert.Contains("""
            <th scope="col" class="marks">Marked<tbody>
            <tr><th scope="row">2026-12-27<td>1<td class="marks"><p class="mark"><bdi>service down for 1 hour</bdi></p><p class="mark"><bdi>Here</bdi></p>
            <tr><th scope="row">2026-12-26<td>1<td class="marks"><p class="mark"><bdi><a href="https://example.org/?a&amp;b" rel="noopener noreferrer">3.0 &lt;b&gt;</a></bdi></p>
            <tr><th scope="row">2026-12-25<td>1<td class="marks">

            """.ReplaceLineEndings("\n"), html, StringComparison.Ordinal);
        Assert.DoesNotContain("Elsewhere", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"marks\"", Render(chart, marks[0]), StringComparison.Ordinal);
    }

    private static string Render(OverviewMetric chart, params ChartMark[] marks) => ChartTablesHtml.Render(
        new OverviewDocument(new DateOnly(2026, 12, 27), false, [.. Enumerable.Range(0, 40).Select(day => First + day * DayMs)], [chart]) { Marks = marks }, Texts.English);

    private static ChartSeries Series(string label, double?[] values) => new(label, values);

    private static OverviewMetric Chart(string name, params ChartSeries[] series) => new(
        "components/" + name, name, "Components", "systems", "versions", "Which?", "/charts/components/" + Uri.EscapeDataString(name), "/catalogue#components",
        ["xy", "xyz"], "xy", "share", "systems", series);
}
