using System.Globalization;
using System.Text;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// The page of <c>GET /catalogue</c>, for an administrator who decides whether to leave reporting on: what is collected and why, how
/// not to send it, how to see what is stored and how to have it deleted.
/// </summary>
public sealed class CatalogueHtml(WebAssets assets, PageOptions page, MetricCatalogue catalogue, ReportOptions reports, IEnumerable<Disclosure> disclosures)
{
    /// <summary>The page, the same until the service is started again.</summary>
    /// <param name="sections">Where the header leads.</param>
    public ChartBody Render(IReadOnlyList<SectionLink> sections) =>
        ChartBody.Of(Encoding.UTF8.GetBytes(Render(assets, page, catalogue, reports, sections, [.. disclosures])), ChartBody.Html);

    internal static string Render(
        WebAssets assets, PageOptions page, MetricCatalogue catalogue, ReportOptions reports, IReadOnlyList<SectionLink> sections, IReadOnlyList<Disclosure> disclosures)
    {
        const string title = "What is collected";
        var parts = CatalogueSections.Of(page, catalogue, reports, disclosures);
        var head = new PageHead(
            $"{title} · {page.Title}", $"What installations of {page.TheProduct} report, why, and how to opt out, see what is stored and be forgotten.", title)
        {
            Sections = sections,
            Current = SectionLink.Catalogue,
        };
        var html = new StringBuilder(head.Render(assets, page));
        html.Append("<main class=\"wrap prose\" id=\"content\">\n").Append(Contents(parts, catalogue)).Append("<div>\n");
        html.Append(CultureInfo.InvariantCulture, $"""
            <p>Installations of {PageHead.Text(page.TheProduct)} can send a small report once a day. The reports of a day are counted, and the counts are
            public: they are <a href="./">these charts</a>. This page says all that is taken in, what is kept of it, and what is shown.</p>

            """);
        foreach (var (id, name, text) in parts)
            html.Append(CultureInfo.InvariantCulture, $"<h2 id=\"{id}\">{PageHead.Text(name)}</h2>\n{text}\n");
        html.Append("<h2 id=\"metrics\">What is counted</h2>\n");
        foreach (var group in catalogue.Metrics.GroupBy(metric => metric.Group))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3>{PageHead.Text(group.Key)}</h3>\n");
            foreach (var metric in group)
                html.Append(CatalogueEntryHtml.Render(metric, reports));
        }

        return html.Append("</div>\n</main>\n").Append(PageFoot.Render(page, "Single reports are never shown.")).ToString();
    }

    private static string Contents(IEnumerable<CatalogueSection> parts, MetricCatalogue catalogue)
    {
        var html = new StringBuilder("<nav aria-label=\"On this page\"><ul>\n");
        foreach (var (id, name, _) in parts)
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{id}\">{PageHead.Text(name)}</a></li>\n");
        html.Append("<li><a href=\"#metrics\">What is counted</a><ul>\n");
        foreach (var metric in catalogue.Metrics)
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{metric.Id}\">{PageHead.Text(metric.Title)}</a></li>\n");
        return html.Append("</ul></li>\n</ul></nav>\n").ToString();
    }
}
