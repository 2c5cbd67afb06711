using TelemetryFunctions.Charts.Feed;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// The page of <c>GET /</c> without its data, the same for everyone, which the script then fills. It paints before any data is
/// there.
/// </summary>
public static class ChartPageHtml
{
    /// <summary>Nothing inline, nothing from elsewhere. Frames are a setting.</summary>
    public const string ContentSecurityPolicy = WithoutForms + "'none'";

    /// <summary>The same for a page with a form that is sent to this site.</summary>
    public const string ContentSecurityPolicyWithForm = WithoutForms + "'self'";

    private const string WithoutForms =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action ";

    /// <param name="assets">The page's assets.</param>
    /// <param name="options">What the page says about its site.</param>
    /// <param name="texts">The language.</param>
    /// <param name="site">The address of the site.</param>
    /// <param name="tables">The last days as tables, HTML, for those without JavaScript.</param>
    /// <param name="sections">Where the header leads; null for the charts and the catalogue.</param>
    internal static string Render(WebAssets assets, PageOptions options, Texts texts, string site, string tables = "", IReadOnlyList<SectionLink>? sections = null)
    {
        var description = options.Site.Sentence.Length > 0 ? options.Site.Sentence : texts["page.description"];
        var title = options.TitleIn(texts);
        var head = new PageHead(
            title, description, options.Site.Title.Length > 0 ? $"<bdi>{PageHead.Text(options.Site.Title)}</bdi>" : texts["page.telemetry"] + PageHead.Product(options))
        {
            More = $"""
                {SocialHtml.Render(texts, title, description, site)}
                <link rel="alternate" href="./{FeedApi.Path}" type="application/atom+xml" title="{texts["page.feed"]}">
                <link rel="preload" href="./charts/overview" as="fetch" crossorigin>
                <script type="module" src="{PageHead.Path(assets, "app.js")}"></script>
                """,
            BodyAttributes = $" data-product=\"{PageHead.Text(options.Product)}\"",
            ContentId = "charts",
            RunsOwnScript = true,
            ScriptTexts = ["shared", "labels", "charts"],
            Sections = sections ?? [SectionLink.Charts, SectionLink.Catalogue],
            Current = SectionLink.Charts,
        };
        return head.Render(assets, options, texts) + $"""
            {Sentence(options)}<div class="bar"></div>
            <main class="wrap" id="charts" tabindex="-1" aria-busy="true">
            <noscript>
            <p class="notice">{texts["page.needsScript"]}</p>
            {tables}</noscript>
            </main>

            """ + PageFoot.Render(options, texts, texts["page.foot"]);
    }

    private static string Sentence(PageOptions options) =>
        options.Site.Sentence.Length == 0 ? "" : $"<p class=\"wrap sentence\">{PageHead.Text(options.Site.Sentence)}</p>\n";
}
