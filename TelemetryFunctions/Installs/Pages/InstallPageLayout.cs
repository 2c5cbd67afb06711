using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>What the pages of the installs have in common. They say all without a script.</summary>
public sealed class InstallPageLayout(WebAssets assets, PageOptions options)
{
    /// <summary>The policy of every page; the search sends its form to this site.</summary>
    public string ContentSecurityPolicy => options.Policy(ChartPageHtml.ContentSecurityPolicyWithForm);

    /// <summary>A whole page.</summary>
    /// <param name="title">The title, as text.</param>
    /// <param name="through">The end of the last window that is rolled up, or null.</param>
    /// <param name="main">The content, as HTML.</param>
    /// <param name="toSite">The way from the page to the address of the site.</param>
    public string Render(string title, DateTimeOffset? through, string main, string toSite = "./")
    {
        var head = new PageHead(
            $"{title} · {options.Title}", "How often packages are installed, counted each hour.", $"<a href=\"{toSite}packages\">Installs</a>" + PageHead.Product(options))
        {
            ToSite = toSite,
            More = $"<link rel=\"stylesheet\" href=\"{PageHead.Path(assets, "packages.css", toSite)}\">",
            ContentId = "packages",
            Sections = [SectionLink.Charts, InstallSection.Link, SectionLink.Catalogue],
            Current = InstallSection.Link,
        };
        return head.Render(assets, options) + $"""
            <main class="wrap packages" id="packages">
            {main}
            </main>

            """ + PageFoot.Render(
            options,
            $"{Freshness(through)} Repeats within a short time count once. No address is kept, and of a user agent only whether it is CI, the platform and the version of PHP.");
    }

    /// <summary>Text as HTML.</summary>
    public static string Text(string text) => PageHead.Text(text);

    /// <summary>The name of a package as HTML, which may break behind its vendor.</summary>
    public static string Name(string package) => Text(package).Replace("/", "/<wbr>", StringComparison.Ordinal);

    private static string Freshness(DateTimeOffset? through) => through is { } end
        ? $"Counted through {PageNumbers.Time(end)}, the end of the last hour that was rolled up."
        : "Nothing is rolled up yet: installs appear a few minutes after their hour has ended.";
}
