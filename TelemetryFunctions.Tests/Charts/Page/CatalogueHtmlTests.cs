using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Tests.Charts.Page;

public sealed partial class CatalogueHtmlTests
{
    private static readonly WebAssets Assets = WebAssets.Load(typeof(WebAssets).Assembly);
    private static readonly ReportOptions Options = new(45, 1, 3, 2, false);

    [Fact]
    public void Every_metric_has_an_entry_with_all_that_the_catalogue_says()
    {
        var html = Render(ReportMetrics.Catalogue);
        foreach (var metric in ReportMetrics.Catalogue.Metrics)
        {
            var entry = html.Split("<article id=\"").Skip(1).Single(entry => entry.StartsWith(metric.Id + "\"", StringComparison.Ordinal));
            foreach (var text in new[]
            {
                metric.Title, metric.Story.Question, metric.Story.Example, metric.Story.Privacy, metric.Story.Since, metric.Kind.Description, metric.OutOf,
            })
                Assert.Contains(PageHead.Text(text), entry, StringComparison.Ordinal);
            Assert.Contains(metric.FieldName is { } field ? $"<code>{field}</code>" : "None but the id", entry, StringComparison.Ordinal);
            Assert.Contains($"href=\"#{metric.Id}\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_field_of_the_report_is_named()
    {
        var html = Render(ReportMetrics.Catalogue);
        foreach (var field in Report.Descriptor.Fields.InDeclarationOrder().Where(field => field.Name is not ("system_id" or "properties")))
            Assert.Matches($"<code>{field.Name}[.<]", html);
    }

    [Fact]
    public void It_says_how_to_opt_out_how_to_be_forgotten_and_how_long_reports_are_kept()
    {
        var html = Render(ReportMetrics.Catalogue);

        Assert.Matches("curl -X DELETE https://.*/systems/", html);
        Assert.Contains("kept for 45 days", html, StringComparison.Ordinal);
        Assert.Contains("fewer than 3 installations", html, StringComparison.Ordinal);
        Assert.Contains("id=\"opt-out\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"never\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_catalogue_says_is_text()
    {
        const string attack = "</p><script>alert(1)</script>\"'";
        var metric = new Metric("m", attack, attack, attack, MetricKind.Count, null)
        {
            OutOf = attack,
            Story = new MetricStory(attack, attack, true, attack, attack, MetricStatus.Stable),
        };

        var html = CatalogueHtml.Render(Assets, new PageOptions(attack), new MetricCatalogue([metric]), Options);

        Assert.DoesNotContain("alert(1)</script>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<style|style=| on[a-z]+=|src=\"(?!\\./assets/)", html);
        Assert.Single(Script().Matches(html));
    }

    [Fact]
    public void A_sample_is_an_example_beside_the_one_in_words_or_instead_of_it()
    {
        var metric = new Metric("os", "Systems", "Group", "systems", MetricKind.Count, null)
        {
            Sample = MetricSample.Of(new[] { "<hub>", "2", "3", "4", "5", "6", "7" }.Select(Value.ForString)),
            Story = MetricStory.None with { Example = "One of each." },
        };

        var both = Render(new MetricCatalogue([metric]));
        var alone = Render(new MetricCatalogue([metric with { Story = MetricStory.None }]));

        const string values = "<dd>A system sends a value such as <code>&lt;hub&gt;</code>, <code>2</code>, <code>3</code>, <code>4</code>, <code>5</code>, <code>6</code> …</dd>";
        Assert.Contains("<dt>Example</dt><dd>One of each.</dd>" + values, both, StringComparison.Ordinal);
        Assert.Contains("<dt>Example</dt>" + values, alone, StringComparison.Ordinal);
    }

    private static string Render(MetricCatalogue catalogue) => CatalogueHtml.Render(Assets, new PageOptions("Pulp"), catalogue, Options);

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
