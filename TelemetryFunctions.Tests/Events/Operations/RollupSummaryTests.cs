using TelemetryFunctions.Events.Operations;

namespace TelemetryFunctions.Tests.Events.Operations;

/// <summary>What is told of a rollup where all of it would be too much.</summary>
public sealed class RollupSummaryTests
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    [Fact]
    public void Of_a_days_hours_counts_are_added_up_rates_made_anew_and_the_highest_percentile_is_told()
    {
        var hours = new RollupDocument(
            "api", "API", "hour", [100 * Day, 100 * Day + Hour, 100 * Day + 23 * Hour, 101 * Day],
            [
                new("GET /", "requests", [10, null, 30, 5]),
                new("GET /", "errors", [1, null, 0, 5]),
                new("GET /", "error-rate", [0.1, null, 0, 1]),
                new("GET /", "p95-ms", [12, null, 90.5, null]),
                new("GET /late", "requests", [null, 2, null, null]),
            ]);

        var days = RollupSummary.ByDay(hours);

        Assert.Equal("day", days.Step);
        Assert.Equal([100 * Day, 101 * Day], days.Times);
        Assert.Equal(
            ["GET / requests: 40 5", "GET / errors: 1 5", "GET / error-rate: 0.025 1", "GET / p95-ms: 90.5 -", "GET /late requests: 2 -"],
            days.Series.Select(Line));
    }

    [Fact]
    public void The_labels_with_the_most_are_kept_and_only_counts_of_the_others_are_told()
    {
        var document = new RollupDocument(
            "api", "API", "day", [1, 2],
            [
                new("a", "requests", [5, 5]), new("b", "requests", [1, null]), new("c", "requests", [null, 8]), new("d", "requests", [2, null]), new("other", "requests", [3, null]),
                new("a", "error-rate", [0, 0]), new("b", "error-rate", [1, null]),
                new("a", "p50-ms", [900, 900]), new("b", "p50-ms", [99_999, null]), new("other", "p50-ms", [7, null]),
            ]);

        Assert.Equal(
            ["a requests: 5 5", "c requests: - 8", "a error-rate: 0 0", "a p50-ms: 900 900", "other requests: 6 -"],
            RollupSummary.Largest(document, 2).Series.Select(Line));
        Assert.Same(document, RollupSummary.Largest(document, 4));
    }

    private static string Line(RollupSeries series) =>
        $"{series.Label} {series.Value}: {string.Join(' ', series.Values.Select(value => value is { } number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "-"))}";
}
