using System.Text;

namespace TelemetryFunctions.Charts.Page;

/// <summary>How every page ends: what its numbers are, and where the site leads.</summary>
internal static class PageFoot
{
    /// <param name="options">The site.</param>
    /// <param name="about">What is said of the page, as HTML.</param>
    public static string Render(PageOptions options, string about)
    {
        var html = new StringBuilder($"<footer class=\"wrap foot\">\n<p>{about}</p>\n");
        var links = options.Site.Links.All.Select(link => $"<li><a href=\"{PageHead.Text(link.Href)}\">{PageHead.Text(link.Name)}</a></li>").ToList();
        if (links.Count > 0)
            html.Append("<ul>").AppendJoin("", links).Append("</ul>\n");
        return html.Append("</footer>\n</body>\n</html>\n").ToString();
    }
}
