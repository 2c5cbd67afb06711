using System.Globalization;
using TelemetryFunctions.Charts.Page;

namespace TelemetryFunctions.Installs.Pages;

/// <summary>What the pages of the installs have in common. They need no script.</summary>
public sealed class InstallPageLayout(WebAssets assets, PageOptions options)
{
    /// <summary>Nothing inline, nothing from elsewhere, no script; the search sends its form to this site.</summary>
    private const string Own =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'";

    /// <summary>The policy of every page.</summary>
    public string ContentSecurityPolicy => options.Policy(Own);

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
            RunsScripts = false,
            ToSite = toSite,
            More = $"<link rel=\"stylesheet\" href=\"{PageHead.Path(assets, "packages.css", toSite)}\">",
            ContentId = "packages",
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

    /// <summary>A number that people read; nothing for 0.</summary>
    public static string Count(long count) => count == 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Installs in CI, as text that people read; nothing for 0.</summary>
    /// <param name="ci">How many there were; null where that is not known.</param>
    /// <param name="since">The first day on which they are told apart; null where they always were.</param>
    public static string Ci(long? ci, DateOnly? since) => (ci, since) switch
    {
        (null, _) => "unknown",
        (0, null) => "",
        (_, null) => Count(ci.Value),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ci:N0} since {since:yyyy-MM-dd}"),
    };

    /// <summary>A time as HTML.</summary>
    public static string Time(DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture, $"<time datetime=\"{time:yyyy-MM-dd'T'HH:mm'Z'}\">{time:yyyy-MM-dd HH:mm} UTC</time>");

    private static string Freshness(DateTimeOffset? through) => through is { } end
        ? $"Counted through {Time(end)}, the end of the last hour that was rolled up."
        : "Nothing is rolled up yet: installs appear a few minutes after their hour has ended.";
}
