using System.Text.Json;

namespace TelemetryFunctions.Tests.Browser;

/// <summary>Overviews of the tests' own making, in place of the one that a site has.</summary>
internal static class Overviews
{
    /// <summary>A chart with its values by label.</summary>
    public static object Metric(string id, string kind, string shape, IReadOnlyList<double?>? counted, params (string Label, IEnumerable<double?> Values)[] series) => new
    {
        id,
        title = id,
        group = "All",
        unit = "systems",
        kind,
        question = "",
        href = $"/charts/{id}",
        catalogue = $"/catalogue#{id}",
        breakdowns = Array.Empty<string>(),
        by = (string?)null,
        shape,
        outOf = "systems",
        headline = kind == "count",
        counted,
        series = series.Select(one => new { label = one.Label, values = one.Values }),
    };

    /// <summary>A chart of one number.</summary>
    public static object Count(params IEnumerable<double?> values) => Metric("active-systems", "count", "line", null, ("systems", values));

    /// <summary>An overview of days that follow each other, or are as far apart as is said.</summary>
    public static string Of(DateOnly last, int days, bool provisional, params object[] metrics) => Of([.. Enumerable.Range(0, days).Select(day => last.AddDays(day + 1 - days))], provisional, metrics);

    public static string Of(IReadOnlyList<DateOnly> days, bool provisional, params object[] metrics) => JsonSerializer.Serialize(new
    {
        through = days.Count == 0 ? null : $"{days[^1].AddDays(provisional ? -1 : 0):yyyy-MM-dd}",
        provisional,
        times = days.Select(day => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds()),
        metrics,
    });

    /// <summary>Makes a page see an overview instead of that of its site.</summary>
    public static Task ShowAsync(this Visit visit, string overview) =>
        visit.Page.RouteAsync("**/charts/overview", route => route.FulfillAsync(new() { ContentType = "application/json", Body = overview }));
}
