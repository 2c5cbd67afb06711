using System.Text;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Page;

/// <summary>A section of the catalogue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title, as HTML.</param>
/// <param name="Html">Its content.</param>
internal readonly record struct CatalogueSection(string Id, string Title, string Html);

/// <summary>What the catalogue says before its entries.</summary>
internal static class CatalogueSections
{
    public static IReadOnlyList<CatalogueSection> Of(
        PageOptions page, MetricCatalogue catalogue, ReportOptions reports, Texts texts, IReadOnlyList<Disclosure> disclosures) =>
    [
        new("sent", texts["catalogue.sent"], Sent(catalogue, texts)),
        .. disclosures.Select(disclosure => new CatalogueSection(disclosure.Id, disclosure.Title, disclosure.Html)),
        new("kept", texts["catalogue.kept"], Kept(reports, texts, disclosures)),
        new("few", texts["catalogue.few"], Few(reports, texts, disclosures)),
        .. ExclusionsHtml.Of(catalogue, reports, texts) is { } excluded ? [excluded] : (CatalogueSection[])[],
        new("never", texts["catalogue.never"], $"<p>{texts["catalogue.neverText"]}</p>"),
        new("opt-out", texts["catalogue.optOut"], OptOut(page, texts)),
        new("stored", texts["catalogue.stored"], Stored(texts)),
        new("forget", texts["catalogue.forget"], Forget(texts)),
    ];

    private static string Sent(MetricCatalogue catalogue, Texts texts) => $"""
        <p>{texts["catalogue.sentId"]}</p>
        <p>{texts["catalogue.sentAll"]}</p>
        {Block(texts["catalogue.sentJson"], PageHead.Text(ReportExample.Of(catalogue)))}
        <p>{texts["catalogue.sentRest"]}</p>
        """;

    private static string Kept(ReportOptions reports, Texts texts, IEnumerable<Disclosure> disclosures)
    {
        var retention = Days(reports.RawRetentionDays, texts);
        KeptData[] ofReports =
        [
            new(texts["catalogue.keptReports"], retention),
            new(texts["catalogue.keptIds"], texts.Html("catalogue.keptIdsUntil", ("days", retention))),
            new(texts["catalogue.keptNumbers"], texts["catalogue.keptNumbersUntil"]),
        ];
        var html = new StringBuilder("<dl class=\"kept\">\n");
        foreach (var (what, until) in ofReports.Concat(disclosures.SelectMany(disclosure => disclosure.Kept)))
            html.Append($"<dt>{what}</dt><dd>{until}</dd>\n");
        return html.Append($"</dl>\n<p>{texts["catalogue.keptAll"]}</p>").ToString();
    }

    private static string Few(ReportOptions reports, Texts texts, IEnumerable<Disclosure> disclosures)
    {
        var (least, age) = (reports.MinimumLabelSystems, reports.MinimumAgeDays);
        return $"""
            <p>{(least <= 1 ? texts["catalogue.fewNone"] : texts.Html("catalogue.fewFolded", ("least", least)))}</p>
            <ul>
            <li>{(age == 0 ? texts["catalogue.fewYoungNone"] : texts.Html("catalogue.fewYoung", ("days", Days(age, texts))))}</li>
            <li>{texts["catalogue.fewAll"]}</li>
            {(reports.Noise is { } noise ? $"<li>{texts.Html("catalogue.fewNoise", ("below", noise.Below))}</li>\n" : "")}{string.Concat(disclosures.Select(disclosure => $"<li>{disclosure.Few}</li>\n"))}</ul>
            """;
    }

    private static string OptOut(PageOptions page, Texts texts) => page.Site.Links.OptOut is { Length: > 0 } href
        ? $"<p>{texts.Html("catalogue.optOutLink", ("href", href), ("product", page.TheProduct(texts)))}</p>"
        : $"<p>{texts.Html("catalogue.optOutText", ("product", page.TheProduct(texts)))}</p>";

    private static string Stored(Texts texts) => $"""
        <p>{texts["catalogue.storedWho"]}</p>
        {SystemForm.Html(texts)}
        <p>{texts["catalogue.storedCommand"]}</p>
        {Block(texts["catalogue.storedCommandName"], $"curl https://<em>{texts["catalogue.address"]}</em>/systems/<em>id</em>")}
        """;

    private static string Forget(Texts texts) => $"""
        <p>{texts["catalogue.forgetWho"]}</p>
        {Block(texts["catalogue.forgetCommandName"], $"curl -X DELETE https://<em>{texts["catalogue.address"]}</em>/systems/<em>id</em>")}
        <p>{texts["catalogue.forgetAnswer"]}</p>
        """;

    private static string Block(string name, string html) => $"<pre tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><code>{html}</code></pre>";

    private static string Days(int days, Texts texts) => texts.Say("catalogue.days", ("count", days));
}
