using Microsoft.AspNetCore.Http;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>What the pages of the installs have in common. They say all without a script.</summary>
public sealed class InstallPageLayout(WebAssets assets, PageOptions options)
{
    /// <summary>The policy of every page; the search sends its form to this site.</summary>
    public string ContentSecurityPolicy => options.Policy(ChartPageHtml.ContentSecurityPolicyWithForm);

    /// <summary>The texts for a request.</summary>
    public Texts TextsFor(HttpRequest request) => options.TextsFor(request);

    /// <summary>A whole page.</summary>
    /// <param name="texts">The language.</param>
    /// <param name="title">The title, as text.</param>
    /// <param name="through">The end of the last window that is rolled up, or null.</param>
    /// <param name="main">The content, as HTML.</param>
    /// <param name="toSite">The way from the page to the address of the site.</param>
    public string Render(Texts texts, string title, DateTimeOffset? through, string main, string toSite = "./")
    {
        var head = new PageHead(
            $"{title} · {options.TitleIn(texts)}", texts["installs.description"], $"<a href=\"{texts.Link(toSite + "packages")}\">{texts["installs.title"]}</a>" + PageHead.Product(options))
        {
            ToSite = toSite,
            More = $"<link rel=\"stylesheet\" href=\"{PageHead.Path(assets, "packages.css", toSite)}\">",
            ContentId = "packages",
            Sections = [SectionLink.Charts, InstallSection.Link, SectionLink.Catalogue],
            Current = InstallSection.Link,
        };
        return head.Render(assets, options, texts) + $"""
            <main class="wrap packages" id="packages">
            {main}
            </main>

            """ + PageFoot.Render(options, texts, $"{Freshness(through, texts)} {texts["installs.foot"]}");
    }

    /// <summary>Text as HTML.</summary>
    public static string Text(string text) => PageHead.Text(text);

    /// <summary>The name of a package as HTML, which may break behind its vendor.</summary>
    public static string Name(string package) => Text(package).Replace("/", "/<wbr>", StringComparison.Ordinal);

    private static string Freshness(DateTimeOffset? through, Texts texts) => through is { } end
        ? texts.Html("installs.through", ("time", new Markup(PageNumbers.Time(end))))
        : texts["installs.notYet"];
}
