using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Charts.Page.Branding;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Summaries.Catalogue;
using TelemetryFunctions.Tests.Support;

namespace TelemetryFunctions.Tests.Charts.Page;

public sealed partial class CatalogueHtmlTests
{
    private static readonly WebAssets Assets = WebAssets.Load(typeof(WebAssets).Assembly);
    private static readonly ReportOptions Options = new(45, 1, 3, 2, false);
    private static readonly SectionLink[] Sections = [SectionLink.Charts, SectionLink.Catalogue];

    [Fact]
    public void Every_metric_has_an_entry_with_all_that_the_catalogue_says()
    {
        var html = Render(ReportMetrics.Catalogue);
        foreach (var metric in ReportMetrics.Catalogue.Metrics)
        {
            var entry = html.Split("<article id=\"").Skip(1).Single(entry => entry.StartsWith(metric.Id + "\"", StringComparison.Ordinal));
            foreach (var text in new[]
            {
                metric.Title, metric.Story.Question, metric.Story.Example, metric.Story.Privacy, metric.Story.Since, metric.OutOf,
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
    public void It_says_how_to_opt_out_how_to_see_and_to_delete_what_is_stored_and_how_long_reports_are_kept()
    {
        var html = Render(ReportMetrics.Catalogue);

        Assert.Matches("curl https://.*/systems/", html);
        Assert.Matches("curl -X DELETE https://.*/systems/", html);
        Assert.Contains("<dd>45 days</dd>", html, StringComparison.Ordinal);
        Assert.Contains("fewer than 3 installations", html, StringComparison.Ordinal);
        foreach (var id in (string[])["sent", "kept", "few", "never", "opt-out", "stored", "forget", "metrics"])
        {
            Assert.Contains($"<h2 id=\"{id}\">", html, StringComparison.Ordinal);
            Assert.Contains($"<a href=\"#{id}\">", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_leads_to_where_reports_are_turned_off()
    {
        var page = new PageOptions("Pulp") { Site = new SiteOptions(Links: new SiteLinks(OptOut: "https://example.org/?a=\"b\"")) };

        var html = CatalogueHtml.Render(Assets, page, ReportMetrics.Catalogue, Options, Texts.English, Sections, []);

        Assert.Contains("""<a href="https://example.org/?a=&quot;b&quot;">How to turn reports off</a>""", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_of_installs_is_said()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, settings: ["--Telemetry:InstallDedupeSeconds=900", "--Telemetry:InstallVendors=wp-plugin, wp-theme"]);

        var html = await site.GetAsync("/catalogue");

        Assert.Contains("{&quot;downloads&quot;:[{&quot;name&quot;:", html.Replace("\"", "&quot;", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var text in (string[])["repeat within 15 minutes counts once", "<code>wp-plugin</code>, <code>wp-theme</code>", "hashed with a random key", "a day after they are counted"])
            Assert.Contains(text, html, StringComparison.Ordinal);
    }

    /// <summary>What a day with a report of one system and one with two publish, metric by metric, is what its entry says.</summary>
    [Fact]
    public async Task What_is_said_of_few_is_true_of_every_number()
    {
        using var directory = new TemporaryDirectory();
        await using var site = await TestSite.StartAsync(directory, settings: ["--Telemetry:MinimumLabelSystems=3"]);
        var example = ReportExample.Of(ReportMetrics.Catalogue);
        foreach (var system in Enumerable.Range(1, 2))
            await site.PostJsonAsync(example.Replace(ReportExample.SystemId, ReportBuilder.Id(system), StringComparison.Ordinal));
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.SummarizeAsync();

        using var list = JsonDocument.Parse(await site.GetAsync("/charts"));
        var charts = list.RootElement.EnumerateArray().Select(chart => (Id: chart.GetProperty("id").GetString()!, Href: chart.GetProperty("href").GetString()!)).ToList();
        foreach (var metric in ReportMetrics.Catalogue.Metrics)
        {
            var said = FewSystems.Of(metric, 3, Texts.English);
            var own = charts.Where(chart => chart.Id == metric.Id || chart.Id.StartsWith(metric.Id + "/", StringComparison.Ordinal)).ToList();
            foreach (var (_, href) in own)
            {
                using var chart = JsonDocument.Parse(await site.GetAsync(href));
                foreach (var series in chart.RootElement.GetProperty("series").EnumerateArray())
                {
                    var label = series.GetProperty("label").GetString();
                    var known = series.GetProperty("values").EnumerateArray().Any(value => value.ValueKind == JsonValueKind.Number && value.GetDouble() > 0);
                    if (said.Contains("part of “other”", StringComparison.Ordinal))
                        Assert.Equal((metric.Id, "other"), (metric.Id, label));
                    else if (said.StartsWith("Nothing is shown", StringComparison.Ordinal))
                        Assert.False(known, metric.Id);
                    else
                        Assert.True(metric.Field is null && known, metric.Id);
                }
            }
        }
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

        var html = CatalogueHtml.Render(Assets, new PageOptions(attack), new MetricCatalogue([metric]), Options, Texts.English, Sections, []);

        Assert.DoesNotContain("alert(1)</script>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<style|style=| on[a-z]+=|src=\"(?!\\./assets/)", html);
        Assert.Equal(2, Script().Count(html));
    }

    [Fact]
    public void What_does_not_count_is_said_in_words_and_without_ids()
    {
        PropertyField.TryFind("properties.version", "", Report.Descriptor, out var version, out _);
        var catalogue = new MetricCatalogue(ReportMetrics.Catalogue.Metrics,
        [
            new ExclusionRule("ci", "Builds of <ours>.") { Field = version, Texts = ["0-dev", "<0>"], Beginnings = ["ci-"], YoungerThan = 3 },
            new ExclusionRule("huge", "Miscounted.") { Field = version, Least = 1, Most = 2.5 },
            new ExclusionRule("new", "Tests.") { YoungerThan = 1 },
            new ExclusionRule("cloned", "Images.") { MoreReportsThan = 24 },
        ]);
        var id = ReportBuilder.Id(1);

        var html = CatalogueHtml.Render(Assets, new PageOptions("Pulp"), catalogue, Options with { ExcludedSystems = new HashSet<string> { id } }, Texts.English, Sections, []);

        const string field = "<code>properties.version</code>";
        Assert.Contains($"<li>Builds of &lt;ours&gt;. This is where {field} is <code>0-dev</code>, <code>&lt;0&gt;</code> or {field} begins with <code>ci-</code> and the first report came less than 3 days before", html, StringComparison.Ordinal);
        Assert.Contains($"<li>Miscounted. This is where {field} is below <code>1</code> or {field} is above <code>2.5</code>.</li>", html, StringComparison.Ordinal);
        Assert.Contains("<li>Tests. This is where the first report came on the day that is counted.</li>", html, StringComparison.Ordinal);
        Assert.Contains("<li>Images. This is where more than 24 reports came on the day that is counted.</li>", html, StringComparison.Ordinal);
        Assert.Contains("<li>Single installations that the maintainers name", html, StringComparison.Ordinal);
        Assert.DoesNotContain(id, html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"excluded\"", Render(ReportMetrics.Catalogue), StringComparison.Ordinal);
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

    private static string Render(MetricCatalogue catalogue) => CatalogueHtml.Render(Assets, new PageOptions("Pulp"), catalogue, Options, Texts.English, Sections, []);

    /// <summary>Scripts that run; texts that one reads are data.</summary>
    [GeneratedRegex("<script(?! type=\"application/json\")[^>]*>")]
    private static partial Regex Script();
}
