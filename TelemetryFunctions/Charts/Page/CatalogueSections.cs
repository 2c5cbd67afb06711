using System.Globalization;
using System.Text;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Page;

/// <summary>A section of the catalogue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title, as text.</param>
/// <param name="Html">Its content.</param>
internal readonly record struct CatalogueSection(string Id, string Title, string Html);

/// <summary>What the catalogue says before its entries.</summary>
internal static class CatalogueSections
{
    public static IReadOnlyList<CatalogueSection> Of(
        PageOptions page, MetricCatalogue catalogue, ReportOptions reports, IReadOnlyList<Disclosure> disclosures) =>
    [
        new("sent", "What a report is", Sent(catalogue)),
        .. disclosures.Select(disclosure => new CatalogueSection(disclosure.Id, disclosure.Title, disclosure.Html)),
        new("kept", "What is kept, and how long", Kept(reports, disclosures)),
        new("few", "What is shown of few", Few(reports, disclosures)),
        new("never", "What is never recorded", Never),
        new("opt-out", "How to opt out", OptOut(page)),
        new("stored", "How to see what is stored", Stored),
        new("forget", "How to be forgotten", Forget),
    ];

    private static string Sent(MetricCatalogue catalogue) => $"""
        <p>A report is one message: an id, and the fields that are named <a href="#metrics">below</a>. The id is a random UUID that the
        installation made for itself. It tells installations apart and says nothing about who runs them. It is never shown, and no chart has less
        than a day for its smallest step.</p>
        <p>This is all of it, with values as an installation may have them; the same may be sent as protobuf:</p>
        <pre tabindex="0" role="region" aria-label="A report as JSON"><code>{PageHead.Text(ReportExample.Of(catalogue))}</code></pre>
        <p>What a report says beyond these fields is not read, is never shown, and is deleted with it.</p>
        """;

    private static string Kept(ReportOptions reports, IEnumerable<Disclosure> disclosures)
    {
        var retention = Days(reports.RawRetentionDays);
        KeptData[] ofReports =
        [
            new("<strong>Reports</strong> as they were sent, with the time at which they came: one an installation and day, the last", retention),
            new("<strong>Ids</strong> of installations, with the first and the last day on which they reported", $"as long as they report, and {retention} longer"),
            new("<strong>The numbers of the charts</strong>: for each day, how many installations there were of each kind", "for good; they say nothing of a single installation"),
        ];
        var html = new StringBuilder("<dl class=\"kept\">\n");
        foreach (var (what, until) in ofReports.Concat(disclosures.SelectMany(disclosure => disclosure.Kept)))
            html.Append(CultureInfo.InvariantCulture, $"<dt>{what}</dt><dd>{PageHead.Text(until)}</dd>\n");
        return html.Append("</dl>\n<p>That is all. What is deleted is gone from the files of the site too; its backups keep what they had for as long as they are kept.</p>").ToString();
    }

    private static string Few(ReportOptions reports, IEnumerable<Disclosure> disclosures) => $"""
        <p>{Folding(reports.MinimumLabelSystems)}</p>
        <ul>
        <li>{Young(reports.MinimumAgeDays)}</li>
        <li>How many installations reported, and since when they have been known, is shown of any number of them. It is nothing that they sent.</li>
        {string.Concat(disclosures.Select(disclosure => $"<li>{disclosure.Few}</li>\n"))}</ul>
        """;

    private const string Never = """
        <p>The address of a sender is written to no table and no log, and neither is a user agent, but for the three things of Composer's
        that are said above. No cookie is set, and the pages of this site load nothing from elsewhere. A browser keeps which colours were chosen here, if any were.</p>
        """;

    private static string OptOut(PageOptions page)
    {
        var product = PageHead.Text(page.TheProduct);
        var where = page.Site.Links.OptOut is { Length: > 0 } href
            ? $"<a href=\"{PageHead.Text(href)}\">How to turn reports off</a> is described by {product}."
            : $"The setting that turns reports off is described in the documentation of {product}.";
        return $"""
            <p>Do not send: an installation that sends no report is counted nowhere. {where} Nothing else has to be done, and nothing
            stops working.</p>
            """;
    }

    private const string Stored = $"""
        <p>Whoever knows the id of an installation can see all that is stored under it: the days, and its last report byte for byte. Nobody else can,
        and no answer says which ids there are.</p>
        {SystemForm.Html}
        <p>By a command, the answer is JSON:</p>
        <pre tabindex="0" role="region" aria-label="Command that shows what is stored"><code>curl https://<em>address-of-this-site</em>/systems/<em>id</em></code></pre>
        """;

    private const string Forget = """
        <p>Whoever knows the id can have everything that is stored under it deleted, at once and without asking anybody, by
        <a href="#ask">the same form</a> or by a command:</p>
        <pre tabindex="0" role="region" aria-label="Command that deletes what is stored"><code>curl -X DELETE https://<em>address-of-this-site</em>/systems/<em>id</em></code></pre>
        <p>The answer is 204, whether or not there was anything. Numbers of days that are over stay as they are: no installation can
        be told from them. Turn reports off first, or the next one starts anew.</p>
        """;

    private static string Folding(int minimum) => minimum <= 1
        ? "This is a development site: every value is shown, however few installations have it."
        : $"""
            A value that fewer than {Number(minimum)} installations sent on a day is not named: it is part of “other”. So it is with values, versions, names and
            sizes. Of numbers, there is no mean, no median and no sum where fewer than {Number(minimum)} sent them. “Other” itself may be fewer than
            {Number(minimum)}: that somebody has something else can be seen then, but not what. Each entry below says what it shows.
            """;

    private static string Young(int minimumAgeDays) => minimumAgeDays == 0
        ? "An installation counts from its first report on."
        : $"An installation counts from {Days(minimumAgeDays)} after its first report on, so that tests are left out; only charts of age count it before.";

    private static string Days(int days) => days == 1 ? "1 day" : $"{Number(days)} days";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
