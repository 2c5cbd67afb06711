using System.Text.RegularExpressions;
using System.Xml.Linq;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Charts.Marks;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Charts.Svg;

/// <summary>What a reader finds in a drawing.</summary>
public sealed partial class ChartSvgTests
{
    private const long First = 1_794_960_000_000;

    private static readonly DateOnly FirstDay = new(2026, 11, 18);

    [Fact]
    public void It_says_what_it_shows_in_words_too()
    {
        var svg = Draw(Chart("components", "core"), ("3.21", [4, 2]), ("3.22", [null, 3]), ("other", [1, 1]));

        Assert.Equal("core · Versions", Child(svg, "title").Value);
        Assert.Equal("systems, 18 Nov 2026 to 19 Nov 2026. On 19 Nov 2026: 3.22 3, 3.21 2, other 1.", Child(svg, "desc").Value);
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal(["title", "about"], svg.Attribute("aria-labelledby")!.Value.Split(' '));
        Assert.Superset(new HashSet<string> { "core · Versions", "3.21: 2", "3.22: 3", "other: 1", "18 Nov 2026", "19 Nov" }, Texts(svg).ToHashSet());
    }

    [Fact]
    public void Nothing_of_it_runs_or_loads_anything()
    {
        var svg = Draw(Chart("components", "<script>alert(1)</script>"), ("\"><script>\u0001", [4, 2]), ("</style><img src=x>", [1, 1]));

        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "image" or "foreignObject" or "a" or "img" or "use");
        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), attribute =>
            attribute.Name.LocalName is "href" or "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Single(svg.Descendants(), element => element.Name.LocalName == "style");
        Assert.Contains("<script>alert(1)</script> · Versions", Texts(svg));
    }

    [Fact]
    public void Days_on_which_the_service_was_away_are_shaded_and_said()
    {
        var svg = Draw(
            Chart("active-systems", null),
            [new(FirstDay.AddDays(1), ChartMark.Hole) { Hours = 20 }, new(FirstDay.AddDays(2), ChartMark.Hole) { Hours = 24 }, new(FirstDay.AddDays(4), ChartMark.Outage) { Hours = 1 }],
            ("systems", [4, null, null, 4, 4]));

        var shade = Assert.Single(svg.Descendants(), element => element.Attribute("class")?.Value == "hole");
        Assert.Equal("19 Nov 2026: no values: service down for 20 of 24 hours\n20 Nov 2026: no values: service down for 24 of 24 hours", Child(shade, "title").Value);
        Assert.Single(svg.Descendants(), element => element.Attribute("class")?.Value == "flag");
        Assert.EndsWith("22 Nov 2026: service down for 1 hour.", Child(svg, "desc").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void However_many_marks_there_are_no_two_flags_touch()
    {
        var marks = Enumerable.Range(0, 400).Select(day => new ChartMark(FirstDay.AddDays(day), ChartMark.Outage) { Hours = 2 }).ToArray();

        var svg = Draw(Chart("active-systems", null), marks, ("systems", [.. Enumerable.Repeat<double?>(4, 400)]));

        var lines = svg.Descendants().Where(element => element.Attribute("class")?.Value == "mark").Select(line => (double)line.Attribute("x1")!).ToList();
        Assert.InRange(lines.Count, 2, 40);
        Assert.All(lines.Zip(lines.Skip(1), (a, b) => b - a), gap => Assert.True(gap >= 20));
    }

    [Fact]
    public void What_does_not_fit_becomes_other_for_all_days()
    {
        var labels = Enumerable.Range(0, 12).Select(i => ($"3.{i}", (double?[])[i == 11 ? null : 100 - i, i == 11 ? 50 : 1, null])).ToArray();

        var svg = Draw(Chart("components", "core"), labels);

        // The newest is small over all days, and largest on the last.
        Assert.Equal(["other: 4", "3.0: 1", "3.1: 1", "3.2: 1", "3.3: 1", "3.4: 1", "3.5: 1", "3.6: 1", "3.11: 50"], Names(svg));
    }

    [Fact]
    public void Means_are_never_added_up()
    {
        var labels = Enumerable.Range(0, 11).Select(i => ($"n{i}", (double?[])[i, i + 0.5])).ToArray();

        var svg = Draw(Chart("workers", null, "mean"), labels);

        Assert.Equal(8, Names(svg).Count);
        Assert.DoesNotContain(Names(svg), name => name.StartsWith("other", StringComparison.Ordinal));
        Assert.Contains("and 3 more", Texts(svg));
    }

    /// <summary>A system can have several of them, so that a stack would be higher than there are systems.</summary>
    [Fact]
    public void Labels_of_lists_are_lines_and_not_added_up()
    {
        var chart = Chart("postgresql-versions", null);
        var bars = new ChartOfSeries(new ChartId(chart.Id.Metric with { Shape = ChartShape.Bars }, null), null);
        var labels = Enumerable.Range(0, 10).Select(i => new ChartSeries($"l{i}", [10 - i, 10 - i])).Append(new ChartSeries("other", [3, 3])).ToList();
        var document = new ChartDocument(chart.Id.Id, "", "systems", FirstDay, false, [First, First + ChartData.DayMs], labels) { Counted = [12, 12] };

        var all = XDocument.Parse(ChartSvg.Draw(chart, document, DrawingOptions.Default, null)).Root!;
        var few = XDocument.Parse(ChartSvg.Draw(chart, document with { Series = labels[8..] }, DrawingOptions.Default, null)).Root!;
        var other = XDocument.Parse(ChartSvg.Draw(chart, document with { Series = labels[10..] }, DrawingOptions.Default, null)).Root!;

        Assert.Contains("and 3 more", Texts(all));
        Assert.Contains("and 5 more", Texts(XDocument.Parse(ChartSvg.Draw(bars, document, new DrawingOptions(400, 180, ChartTheme.Light), null)).Root!));
        Assert.All(Paths(all), path => Assert.DoesNotContain("Z", path, StringComparison.Ordinal));
        Assert.Equal(["other: 3", "l8: 2", "l9: 1"], Names(few));
        Assert.Equal(["other: 3"], Names(other));
    }

    [Theory]
    [InlineData("active-systems", null, null)]
    [InlineData("components", "core", "xy")]
    public void A_day_of_which_nothing_is_known_is_a_gap(string metric, string? name, string? by)
    {
        var svg = Draw(Chart(metric, name, by), ("3.21", [4, 2, null, null, 3, 3, null, 5]));

        var parts = Paths(svg).SelectMany(path => Move().Split(path)).Where(part => part.Length > 0).ToList();
        var circles = svg.Descendants().Count(element => element.Name.LocalName == "circle");
        Assert.Equal(name is null ? 2 : 3, parts.Count);
        Assert.Equal(name is null ? 1 : 0, circles);
    }

    [Theory]
    [InlineData("active-systems", null, null)]
    [InlineData("components", "core", "xy")]
    public void One_day_is_a_point(string metric, string? name, string? by)
    {
        var svg = Draw(Chart(metric, name, by), ("3.21", [4]), ("3.22", [3]));

        Assert.Equal(2, svg.Descendants().Count(element => element.Name.LocalName == "circle"));
        Assert.Empty(Paths(svg));
        Assert.Equal(2, Names(svg).Count);
    }

    [Fact]
    public void No_data_says_so()
    {
        Assert.Contains("No day has been summarized yet", Texts(Draw(Chart("active-systems", null))));
        Assert.Contains("No data on these days", Texts(Draw(Chart("active-systems", null), ("systems", [null, null]))));
        Assert.Contains("No data on these days", Texts(Draw(Chart("users", null), ("0", [null, null]))));
    }

    [Fact]
    public void A_count_of_0_is_drawn_as_0()
    {
        Assert.Equal(["systems: 0"], Names(Draw(Chart("active-systems", null), ("systems", [0, 0]))));
        Assert.Contains("0", Texts(Draw(Chart("users", null), ("0", [0, 0]))));
    }

    [Fact]
    public void A_distribution_is_the_newest_day_as_bars_to_the_last_that_has_any()
    {
        var svg = Draw(Chart("users", null), ("0", [1, 5]), ("1", [9, 0]), ("2-3", [1, 1234]), ("4-7", [2, 0]), ("other", [0, 2]));

        Assert.Equal(["Users", "systems, on 19 Nov 2026", "0", "5", "1", "0", "2-3", "1,234", "other", "2"], Texts(svg));
    }

    [Fact]
    public void The_end_of_a_long_scale_is_one_bar()
    {
        var labels = TelemetryFunctions.Summaries.Accumulators.DoublingBuckets.Labels.Select(label => (label, (double?[])[2])).ToArray();

        var ages = Texts(Draw(Chart("demography", null, "age"), new DrawingOptions(400, 200, ChartTheme.Light), labels));
        var accumulated = Texts(Draw(Chart("demography", null, "accumulated"), new DrawingOptions(400, 200, ChartTheme.Light), labels));

        Assert.Equal(["64-127 and beyond", "52"], ages.TakeLast(2).ToArray());
        Assert.Equal(["64-127 and beyond", "2"], accumulated.TakeLast(2).ToArray());
    }

    [Fact]
    public void Ten_years_are_no_larger_than_what_can_be_seen()
    {
        var days = Enumerable.Range(0, 3650).Select(i => i % 7 == 3 ? (double?)null : i % 100).ToArray();
        var labels = Enumerable.Range(0, 30).Select(i => ($"3.{i}", days)).ToArray();

        var svg = Draw(Chart("components", "core"), labels);

        Assert.InRange(svg.ToString().Length, 10_000, 100_000);
    }

    [Theory]
    [InlineData(DrawingOptions.MinWidth, DrawingOptions.MinHeight)]
    [InlineData(DrawingOptions.MinWidth, DrawingOptions.MaxHeight)]
    [InlineData(DrawingOptions.MaxWidth, DrawingOptions.MinHeight)]
    [InlineData(DrawingOptions.MaxWidth, DrawingOptions.MaxHeight)]
    public void It_stays_inside_whatever_its_size(int width, int height)
    {
        var long64 = new string('W', 64);
        var options = new DrawingOptions(width, height, ChartTheme.Dark);
        var labels = Enumerable.Range(0, 12).Select(i => (long64[..62] + $"{i:00}", (double?[])[1e6 * i, 1e9])).ToArray();

        foreach (var svg in new[] { Draw(Chart("components", long64), options, labels), Draw(Chart("users", null), options, labels) })
        {
            var numbers = svg.Descendants().SelectMany(element => new[] { ("x", width), ("y", height), ("cx", width), ("cy", height), ("x2", width) }
                .Select(side => (Value: (double?)element.Attribute(side.Item1), Most: side.Item2)))
                .Where(number => number.Value is not null);
            Assert.All(numbers, number => Assert.InRange(number.Value!.Value, 0, number.Most));
            Assert.All(svg.Descendants().Where(element => element.Name.LocalName == "rect"), rect => Assert.InRange(
                (double?)rect.Attribute("x") + (double)rect.Attribute("width")! ?? 0, 0, width));
        }
    }

    private static ChartOfSeries Chart(string metric, string? name, string? by = null) =>
        new(new ChartId(ReportMetrics.Catalogue.Find(metric)!, name), by ?? ReportMetrics.Catalogue.Find(metric)!.Kind.Breakdowns.FirstOrDefault());

    private static XElement Draw(ChartOfSeries chart, params (string Label, double?[] Values)[] series) => Draw(chart, DrawingOptions.Default, series);

    private static XElement Draw(ChartOfSeries chart, IReadOnlyList<ChartMark> marks, params (string Label, double?[] Values)[] series) =>
        Draw(chart, DrawingOptions.Default, marks, series);

    private static XElement Draw(ChartOfSeries chart, DrawingOptions options, params (string Label, double?[] Values)[] series) => Draw(chart, options, null, series);

    private static XElement Draw(ChartOfSeries chart, DrawingOptions options, IReadOnlyList<ChartMark>? marks, params (string Label, double?[] Values)[] series)
    {
        var days = series.Select(series => series.Values.Length).FirstOrDefault();
        var document = new ChartDocument(
            chart.Id.Id, chart.Id.Title, "systems", days == 0 ? null : FirstDay.AddDays(days - 1), false,
            [.. Enumerable.Range(0, days).Select(day => First + day * ChartData.DayMs)],
            [.. series.Select(series => new ChartSeries(series.Label, series.Values))])
        {
            Marks = marks,
        };
        return XDocument.Parse(ChartSvg.Draw(chart, document, options, ChartStyle.Of(options.Theme))).Root!;
    }

    private static XElement Child(XElement svg, string name) => svg.Elements().Single(element => element.Name.LocalName == name);

    private static List<string> Texts(XElement svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(Text)];

    /// <summary>The names of the series, from the bottom of a stack to its top.</summary>
    private static List<string> Names(XElement svg) =>
        [.. svg.Descendants().Where(element => element.Name.LocalName == "text" && element.Elements().Any()).Select(Text)];

    private static string Text(XElement element) => string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value));

    private static List<string> Paths(XElement svg) =>
        [.. svg.Descendants().Where(element => element.Name.LocalName == "path" && element.Elements().Any()).Select(path => path.Attribute("d")!.Value)];

    [GeneratedRegex("M")]
    private static partial Regex Move();
}
