using System.Globalization;
using System.Text;
using TelemetryFunctions.Charts.Documents;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// The page of <c>GET /catalogue</c>, for an administrator who decides whether to leave reporting on: what is collected and why, how
/// not to send it, how to see what is stored and how to have it deleted.
/// </summary>
public sealed class CatalogueHtml(WebAssets assets, PageOptions page, MetricCatalogue catalogue, ReportOptions reports, IEnumerable<IDisclosed> disclosed)
{
    /// <summary>The page, the same until the service is started again.</summary>
    /// <param name="texts">The language.</param>
    /// <param name="sections">Where the header leads.</param>
    public ChartBody Render(Texts texts, IReadOnlyList<SectionLink> sections) =>
        ChartBody.Of(Encoding.UTF8.GetBytes(Render(assets, page, catalogue, reports, texts, sections, [.. disclosed.Select(source => source.DiscloseIn(texts))])), ChartBody.Html);

    internal static string Render(
        WebAssets assets, PageOptions page, MetricCatalogue catalogue, ReportOptions reports, Texts texts, IReadOnlyList<SectionLink> sections, IReadOnlyList<Disclosure> disclosures)
    {
        var title = texts["catalogue.title"];
        var product = page.TheProduct(texts);
        var parts = CatalogueSections.Of(page, catalogue, reports, texts, disclosures);
        var head = new PageHead($"{title} · {page.TitleIn(texts)}", texts.Say("catalogue.description", ("product", product)), title)
        {
            Sections = sections,
            Current = SectionLink.Catalogue,
        };
        var html = new StringBuilder(head.Render(assets, page, texts));
        html.Append("<main class=\"wrap prose\" id=\"content\">\n").Append(Contents(parts, catalogue, texts)).Append("<div>\n");
        html.Append($"<p>{texts.Html("catalogue.lead", ("product", product), ("charts", texts.Link("./")))}</p>\n");
        foreach (var (id, name, text) in parts)
            html.Append(CultureInfo.InvariantCulture, $"<h2 id=\"{id}\">{name}</h2>\n{text}\n");
        html.Append($"<h2 id=\"metrics\">{texts["catalogue.whatIsCounted"]}</h2>\n");
        foreach (var group in catalogue.Metrics.GroupBy(metric => metric.Group))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3>{PageHead.Text(group.Key)}</h3>\n");
            foreach (var metric in group)
                html.Append(CatalogueEntryHtml.Render(metric, reports, texts));
        }

        return html.Append("</div>\n</main>\n").Append(PageFoot.Render(page, texts, texts["catalogue.foot"])).ToString();
    }

    private static string Contents(IEnumerable<CatalogueSection> parts, MetricCatalogue catalogue, Texts texts)
    {
        var html = new StringBuilder($"<nav aria-label=\"{texts["catalogue.onThisPage"]}\"><ul>\n");
        foreach (var (id, name, _) in parts)
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{id}\">{name}</a></li>\n");
        html.Append($"<li><a href=\"#metrics\">{texts["catalogue.whatIsCounted"]}</a><ul>\n");
        foreach (var metric in catalogue.Metrics)
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{metric.Id}\">{PageHead.Text(metric.Title)}</a></li>\n");
        return html.Append("</ul></li>\n</ul></nav>\n").ToString();
    }
}
