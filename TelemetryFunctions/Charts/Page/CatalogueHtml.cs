using System.Globalization;
using System.Text;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// The page of <c>GET /catalogue</c>, for an administrator who decides whether to leave reporting on: what is collected and why, how
/// not to send it and how to have it deleted.
/// </summary>
public sealed class CatalogueHtml(WebAssets assets, PageOptions page, MetricCatalogue catalogue, ReportOptions reports)
{
    // A few show what is meant; a sample may have many.
    private const int MaxSampleValues = 6;

    private readonly Lazy<ChartBody> _body = new(() => ChartBody.Of(Encoding.UTF8.GetBytes(Render(assets, page, catalogue, reports)), ChartBody.Html));

    /// <summary>The page, the same until the service is started again.</summary>
    public ChartBody Body => _body.Value;

    internal static string Render(WebAssets assets, PageOptions page, MetricCatalogue catalogue, ReportOptions reports)
    {
        var product = page.TheProduct;
        var html = new StringBuilder(new PageHead(
            $"What is collected · {page.Title}", $"What installations of {product} report, why, and how to opt out and be forgotten.", "What is collected").Render(assets, page));
        html.Append(CultureInfo.InvariantCulture, $"""
            <main class="wrap prose" id="content">
            {Introduction(PageHead.Text(product), reports)}
            <h2 id="metrics">What is counted</h2>
            <nav aria-label="Metrics"><ul>

            """);
        foreach (var metric in catalogue.Metrics)
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{metric.Id}\">{PageHead.Text(metric.Title)}</a></li>\n");
        html.Append("</ul></nav>\n");
        foreach (var group in catalogue.Metrics.GroupBy(metric => metric.Group))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3>{PageHead.Text(group.Key)}</h3>\n");
            foreach (var metric in group)
                html.Append(Entry(metric, reports));
        }

        return html.Append("</main>\n").Append(PageFoot.Render(page, "Single reports are never shown.")).ToString();
    }

    private static string Introduction(string product, ReportOptions reports) => $"""
        <p>Installations of {product} can send a small report once a day. The reports of a day are counted, and the counts are
        public: they are <a href="./">these charts</a>. This page lists everything that is counted.</p>
        <h2 id="sent">What a report is</h2>
        <p>A report is one message with the fields that are named below and an id, a random UUID that the installation made for
        itself. The id tells installations apart and says nothing about who runs them. It is never shown, and no chart has
        less than a day for its smallest step.</p>
        <ul>
        <li>Reports are kept for {Days(reports.RawRetentionDays)} and then deleted. The day on which an installation was first seen is
        kept with its id for as long as it reports, and {Days(reports.RawRetentionDays)} longer.</li>
        <li>Only counts stay: for each day, how many installations there were of each kind.</li>
        <li>{Folding(reports.MinimumLabelSystems)}</li>
        <li>{Young(reports.MinimumAgeDays)}</li>
        </ul>
        <h2 id="never">What is never recorded</h2>
        <p>The address and the user agent of a sender are written to no table and no log. Where Composer reports installs of packages, of its
        user agent three things are counted: whether it runs in CI, the platform and the minor version of PHP. No cookie is set, and the pages of this
        site load nothing from elsewhere. What a report says beyond the fields below is not read, is never shown, and is
        deleted with it.</p>
        <h2 id="opt-out">How to opt out</h2>
        <p>Do not send: an installation that sends no report is counted nowhere. The setting that turns reports off is described in
        the documentation of {product}. Nothing else has to be done, and nothing stops working.</p>
        <h2 id="forget">How to be forgotten</h2>
        <p>Whoever knows the id of an installation can have everything that is stored under it deleted, at once and without asking
        anybody: its reports and the day on which it was first seen.</p>
        <pre><code>curl -X DELETE https://<em>address-of-this-site</em>/systems/<em>id</em></code></pre>
        <p>The answer is 204, whether or not there was anything. Counts of days that are over stay as they are: no installation can
        be told from them. Turn reports off first, or the next one starts anew. Backups of the site keep their own age.</p>
        """;

    private static string Entry(Metric metric, ReportOptions reports)
    {
        var story = metric.Story;
        return $"""
            <article id="{metric.Id}">
            <h4>{PageHead.Text(metric.Title)}</h4>
            <p>{PageHead.Text(story.Question)}</p>
            <dl>
            <dt>Field of the report</dt><dd>{(metric.FieldName is { } field ? $"<code>{PageHead.Text(field)}</code>" : "None but the id: reports are counted.")}</dd>
            <dt>Example</dt>{Example(metric)}
            <dt>How it is summarized</dt><dd>{PageHead.Text(metric.Kind.Description)}{(metric.Kind.CountsYoung && reports.MinimumAgeDays > 0 ? " New systems count too." : "")}</dd>
            <dt>Counted out of</dt><dd>{PageHead.Text(metric.OutOf)}</dd>
            <dt>Personal data</dt><dd>{(story.IsPersonal ? "Yes." : "No.")} {PageHead.Text(story.Privacy)}</dd>
            <dt>Since</dt><dd>version {PageHead.Text(story.Since)}, {Status(story.Status)}</dd>
            </dl>
            {Chart(metric)}
            </article>

            """;
    }

    private static string Example(Metric metric)
    {
        var example = metric.Story.Example.Length > 0 ? $"<dd>{PageHead.Text(metric.Story.Example)}</dd>" : "";
        if (metric.Sample is not { Values: var values })
            return example;

        var shown = values.Take(MaxSampleValues).Select(value => $"<code>{PageHead.Text(MetricSample.Write(value))}</code>");
        return $"{example}<dd>A system sends a value such as {string.Join(", ", shown)}{(values.Count > MaxSampleValues ? " …" : ".")}</dd>";
    }

    private static string Chart(Metric metric) => metric.Kind.IsPerName
        ? "<p><a href=\"./charts\">All of its charts</a></p>"
        : $"<p><a href=\"./charts/{metric.Id}?format=csv\">All of its data as CSV<span class=\"visually-hidden\">: {PageHead.Text(metric.Title)}</span></a></p>";

    private static string Status(MetricStatus status) => status switch
    {
        MetricStatus.Stable => "stable: its name and meaning stay",
        MetricStatus.Deprecated => "deprecated: it will be removed",
        _ => "experimental: it may change",
    };

    private static string Folding(int minimum) => minimum <= 1
        ? "This is a development site: every value is shown, however few installations have it."
        : $"A value that fewer than {Number(minimum)} installations have is shown as “other”.";

    private static string Young(int minimumAgeDays) => minimumAgeDays == 0
        ? "An installation counts from its first report on."
        : $"An installation counts from {Days(minimumAgeDays)} after its first report on, so that tests are left out; only charts of age count it before.";

    private static string Days(int days) => days == 1 ? "1 day" : $"{Number(days)} days";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
