using System.Globalization;
using System.Text;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Adoption;

/// <summary>The page of how versions are taken up and left.</summary>
internal static class AdoptionHtml
{
    // As many as have room below a drawing.
    private const int PixelsOfTick = 90;

    private static readonly int[] Steps = [1, 2, 7, 14, 30, 60];

    /// <summary>Nothing from elsewhere, and of what is inline the style sheet of the drawings alone.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; script-src 'self'; style-src 'self' {ChartStyle.SourceOf(ChartStyle.OfPage)}; img-src 'self' data:; base-uri 'none'; form-action 'none'";

    public static string Render(AdoptionDocument adoption, WebAssets assets, PageOptions options, IReadOnlyList<SectionLink> sections)
    {
        var title = PageHead.Text(adoption.Title);
        var path = ChartPath.Of(adoption.Id);

        // A page is as deep below the address of the site as its path has segments before the last.
        var toSite = string.Concat(Enumerable.Repeat("../", path.Count(character => character == '/') - 1));
        var head = new PageHead($"{adoption.Title}: adoption", $"How versions of {adoption.Title} are taken up and left.", $"Adoption <span><bdi>{title}</bdi></span>")
        {
            ToSite = toSite,
            More = $"<link rel=\"stylesheet\" href=\"{PageHead.Path(assets, "packages.css", toSite)}\">\n<style>{ChartStyle.OfPage}</style>",
            Sections = sections,
            ChartFragment = $"#{Uri.EscapeDataString(adoption.Id)}",
        };
        return head.Render(assets, options) + $"""
            <main class="wrap packages" id="content">
            {Steppers(adoption)}
            {Curves(adoption)}{Supported(adoption)}{Lifetimes(adoption)}
            </main>

            """ + PageFoot.Render(options, "A version is told from the day on which enough systems have it that none of them can be known by it. What is not known is left out.");
    }

    private static string Steppers(AdoptionDocument adoption)
    {
        var html = new StringBuilder("<nav class=\"steps\" aria-label=\"Versions by\">");
        foreach (var (by, text) in new[] { ("xy", "Minor versions"), ("xyz", "Patch versions") })
            html.Append($"<a href=\"?by={by}\"{(by == adoption.By ? " aria-current=\"true\"" : "")}>{text}</a>");
        return html.Append("</nav>").ToString();
    }

    private static string Curves(AdoptionDocument adoption)
    {
        var lines = adoption.Curves.Where(curve => curve.Shares.Any(share => share is not null)).Select(curve => new ShareLine(curve.Version, curve.Shares)).ToList();
        if (lines.Count == 0)
            return "<section class=\"card\"><h2>How versions are taken up</h2>\n<p>No version has appeared since the first day that is known.</p></section>\n";

        var about = $"Shares of versions {string.Join(", ", lines.Select(line => line.Name))} by days since each was first seen";
        return Section("How versions are taken up", "Days since a version was first seen, and the share of systems that have it.", (width, ticks) =>
            ShareLinesSvg.Draw(about, "days since first seen", lines, TicksOf(lines.Max(line => line.Shares.Count) - 1, ticks), width));
    }

    private static IEnumerable<(int Day, string Text)> TicksOf(int last, int max)
    {
        var step = Steps.FirstOrDefault(step => last <= step * max, Steps[^1]);
        return Enumerable.Range(0, last / step + 1).Select(tick => (tick * step, (tick * step).ToString(CultureInfo.InvariantCulture)));
    }

    private static string Supported(AdoptionDocument adoption)
    {
        if (adoption.Supported is not { } supported || supported.Shares.All(share => share is null))
            return "";

        var versions = PageHead.Text(string.Join(", ", supported.Versions));
        var (first, last) = (ChartQuery.Day(supported.Times[0]), ChartQuery.Day(supported.Times[^1]));
        var share = supported.Shares.Last(share => share is not null)!.Value;
        var line = new ShareLine(Percent(share), supported.Shares);
        return Section("On supported versions", $"{Percent(share)} are on a version that is supported: {versions}. Counted out of those whose version is told.", (width, ticks) => ShareLinesSvg.Draw(
            $"Share of systems on supported versions, {Percent(share)} on the last day that is known", "", [line],
            TimeAxis.Ticks(first, last, ticks).Select(tick => (tick.Day.DayNumber - first.DayNumber, tick.Text)), width));
    }

    private static string Lifetimes(AdoptionDocument adoption)
    {
        var hasSupported = adoption.Supported is not null;
        var html = new StringBuilder($"""
            <section><h2>Lifetimes</h2>
            <div class="list" tabindex="0" role="region" aria-label="Lifetimes of versions"><table>
            <thead><tr><th scope="col">Version</th><th scope="col">First seen</th><th scope="col">Peak</th><th scope="col">Half of it after</th><th scope="col">Last seen</th><th scope="col">Share now</th>{(hasSupported ? "<th scope=\"col\">Supported</th>" : "")}</tr></thead>
            <tbody>

            """);
        foreach (var version in adoption.Versions.OrderByDescending(version => version.Version, new NaturalOrder()))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{PageHead.Text(version.Version)}</th><td>{(version.FirstSeen is { } first ? Day(first) : "before")}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td>{Percent(version.PeakShare)} on {Day(version.PeakDay)}</td><td>{(version.HalfLifeDays is { } days ? Days(days) : "")}</td><td>{Day(version.LastSeen)}</td><td>{(version.Share is { } share ? Percent(share) : "")}</td>");
            html.Append(hasSupported ? $"<td>{(version.IsSupported is true ? "yes" : "no")}</td></tr>\n" : "</tr>\n");
        }

        return html.Append($"""
            </tbody></table></div>
            <p class="quiet">“Before”: it was there before the first day that is known, or after days without any data. Where there is no half-life, more than half of the peak is left, or it is not known.
            <a href="?by={adoption.By}&amp;format=csv">CSV</a>, <a href="?by={adoption.By}&amp;format=json">JSON</a></p></section>

            """).ToString();
    }

    /// <summary>A drawing twice, of which the style shows the one that suits the screen.</summary>
    private static string Section(string title, string about, Func<int, int, string> draw)
    {
        var drawings = string.Concat(new[] { ShareLinesSvg.Wide, ShareLinesSvg.Narrow }.Select(width => draw(width, width / PixelsOfTick)));
        return $"<section class=\"card\"><h2>{title}</h2>\n<p>{about}</p>\n{drawings}</section>\n";
    }

    private static string Percent(double share) => (share * 100).ToString(share is > 0 and < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";

    private static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{day:yyyy-MM-dd}\">{day:yyyy-MM-dd}</time>");

    private static string Days(int days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days:N0} days");
}
