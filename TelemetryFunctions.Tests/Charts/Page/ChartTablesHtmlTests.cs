using TelemetryFunctions.Charts;
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

    private static string Render(OverviewMetric chart) => ChartTablesHtml.Render(
        new OverviewDocument(new DateOnly(2026, 12, 27), false, [.. Enumerable.Range(0, 40).Select(day => First + day * DayMs)], [chart]), Texts.English);

    private static ChartSeries Series(string label, double?[] values) => new(label, values);

    private static OverviewMetric Chart(string name, params ChartSeries[] series) => new(
        "components/" + name, name, "Components", "systems", "versions", "Which?", "/charts/components/" + Uri.EscapeDataString(name), "/catalogue#components",
        ["xy", "xyz"], "xy", "share", "systems", series);
}
