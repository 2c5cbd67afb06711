using System.Text;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Page;

/// <summary>How every page ends: what its numbers are, and where the site leads.</summary>
internal static class PageFoot
{
    /// <param name="options">The site.</param>
    /// <param name="texts">The language.</param>
    /// <param name="about">What is said of the page, as HTML.</param>
    public static string Render(PageOptions options, Texts texts, string about) => Render(options, texts, about, Languages(texts));

    /// <summary>The same for a page that there is in no other language.</summary>
    public static string RenderInOneLanguage(PageOptions options, Texts texts, string about) => Render(options, texts, about, []);

    private static string Render(PageOptions options, Texts texts, string about, IEnumerable<string> languages)
    {
        var html = new StringBuilder($"<footer class=\"wrap foot\">\n<p>{about}</p>\n");
        var links = options.Site.Links.All.Select(link => $"<li><a href=\"{PageHead.Text(link.Href)}\">{texts[link.Name]}</a></li>").Concat(languages).ToList();
        if (links.Count > 0)
            html.Append("<ul>").AppendJoin("", links).Append("</ul>\n");
        return html.Append("</footer>\n</body>\n</html>\n").ToString();
    }

    /// <summary>The same page in other languages, each of which has its name in its own.</summary>
    private static IEnumerable<string> Languages(Texts texts) => TextTables.All.Where(table => table != texts.Table).Select(table =>
        $"<li><a href=\"?{Texts.Parameter}={table.Language}\" hreflang=\"{table.Language}\" lang=\"{table.Language}\">{table.Find("language.name")}</a></li>");
}
