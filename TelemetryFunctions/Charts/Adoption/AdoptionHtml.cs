using System.Globalization;
using System.Text;
using TelemetryFunctions.Charts.Page;
using TelemetryFunctions.Charts.Svg;
using TelemetryFunctions.Languages;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Charts.Adoption;

/// <summary>The page of how versions are taken up and left.</summary>
internal static class AdoptionHtml
{
    // As many as have room below a drawing.
    private const int PixelsOfTick = 90;

    private static readonly int[] Steps = [1, 2, 7, 14, 30, 60];

    private static readonly string[] Columns =
    [
        "adoption.version", "adoption.firstSeen", "adoption.peak", "adoption.half", "adoption.lastSeen", "adoption.shareNow", "adoption.isSupported",
    ];

    /// <summary>Nothing from elsewhere, and of what is inline the style sheet of the drawings alone.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; script-src 'self'; style-src 'self' {ChartStyle.SourceOf(ChartStyle.OfPage)}; img-src 'self' data:; base-uri 'none'; form-action 'none'";

    public static string Render(AdoptionDocument adoption, WebAssets assets, PageOptions options, Texts texts, IReadOnlyList<SectionLink> sections)
    {
        var title = PageHead.Text(adoption.Title);
        var path = ChartPath.Of(adoption.Id);

        // A page is as deep below the address of the site as its path has segments before the last.
        var toSite = string.Concat(Enumerable.Repeat("../", path.Count(character => character == '/') - 1));
        var named = ("title", (object)adoption.Title);
        var head = new PageHead(
            texts.Say("adoption.title", named), texts.Say("adoption.description", named), $"{texts["adoption.heading"]} <span><bdi>{title}</bdi></span>")
        {
            ToSite = toSite,
            More = $"<link rel=\"stylesheet\" href=\"{PageHead.Path(assets, "packages.css", toSite)}\">\n<style>{ChartStyle.OfPage}</style>",
            Sections = sections,
            ChartFragment = $"#{Uri.EscapeDataString(adoption.Id)}",
        };
        return head.Render(assets, options, texts) + $"""
            <main class="wrap packages" id="content">
            {Steppers(adoption, texts)}
            {Curves(adoption, texts)}{Supported(adoption, texts)}{Lifetimes(adoption, texts)}
            </main>

            """ + PageFoot.Render(options, texts, texts["adoption.foot"]);
    }

    private static string Steppers(AdoptionDocument adoption, Texts texts)
    {
        var html = new StringBuilder($"<nav class=\"steps\" aria-label=\"{texts["adoption.by"]}\">");
        foreach (var (by, key) in new[] { ("xy", "adoption.xy"), ("xyz", "adoption.xyz") })
            html.Append($"<a href=\"{PageHead.Text(texts.Link($"?by={by}"))}\"{(by == adoption.By ? " aria-current=\"true\"" : "")}>{texts[key]}</a>");
        return html.Append("</nav>").ToString();
    }

    private static string Curves(AdoptionDocument adoption, Texts texts)
    {
        var lines = adoption.Curves.Where(curve => curve.Shares.Any(share => share is not null)).Select(curve => new ShareLine(curve.Version, curve.Shares)).ToList();
        if (lines.Count == 0)
            return $"<section class=\"card\"><h2>{texts["adoption.curves"]}</h2>\n<p>{texts["adoption.curvesNone"]}</p></section>\n";

        var about = texts.Say("adoption.curvesAbout", ("versions", string.Join(", ", lines.Select(line => line.Name))));
        return Section(texts["adoption.curves"], texts["adoption.curvesText"], (width, ticks) =>
            ShareLinesSvg.Draw(about, texts["adoption.axis"], lines, TicksOf(lines.Max(line => line.Shares.Count) - 1, ticks), width));
    }

    private static IEnumerable<(int Day, string Text)> TicksOf(int last, int max)
    {
        var step = Steps.FirstOrDefault(step => last <= step * max, Steps[^1]);
        return Enumerable.Range(0, last / step + 1).Select(tick => (tick * step, (tick * step).ToString(CultureInfo.InvariantCulture)));
    }

    private static string Supported(AdoptionDocument adoption, Texts texts)
    {
        if (adoption.Supported is not { } supported || supported.Shares.All(share => share is null))
            return "";

        var (first, last) = (ChartQuery.Day(supported.Times[0]), ChartQuery.Day(supported.Times[^1]));
        var share = Percent(supported.Shares.Last(share => share is not null)!.Value, texts);
        var line = new ShareLine(share, supported.Shares);
        var about = texts.Html("adoption.supportedText", ("share", share), ("versions", string.Join(", ", supported.Versions)));
        return Section(texts["adoption.supported"], about, (width, ticks) => ShareLinesSvg.Draw(
            texts.Say("adoption.supportedAbout", ("share", share)), "", [line],
            TimeAxis.Ticks(first, last, ticks, texts).Select(tick => (tick.Day.DayNumber - first.DayNumber, tick.Text)), width));
    }

    private static string Lifetimes(AdoptionDocument adoption, Texts texts)
    {
        var hasSupported = adoption.Supported is not null;
        var html = new StringBuilder($"""
            <section><h2>{texts["adoption.lifetimes"]}</h2>
            <div class="list" tabindex="0" role="region" aria-label="{texts["adoption.lifetimesTable"]}"><table>
            <thead><tr>{string.Concat(Columns.Take(hasSupported ? Columns.Length : Columns.Length - 1).Select(key => $"<th scope=\"col\">{texts[key]}</th>"))}</tr></thead>
            <tbody>

            """);
        foreach (var version in adoption.Versions.OrderByDescending(version => version.Version, new NaturalOrder()))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{PageHead.Text(version.Version)}</th><td>{(version.FirstSeen is { } first ? Day(first) : texts["adoption.before"])}</td>");
            var peak = texts.Html("adoption.peakOn", ("share", Percent(version.PeakShare, texts)), ("day", new Markup(Day(version.PeakDay))));
            var half = version.HalfLifeDays is { } days ? texts.Html("adoption.days", ("count", days)) : "";
            html.Append($"<td>{peak}</td><td>{half}</td><td>{Day(version.LastSeen)}</td><td>{(version.Share is { } share ? Percent(share, texts) : "")}</td>");
            html.Append(hasSupported ? $"<td>{texts[version.IsSupported is true ? "adoption.yes" : "adoption.no"]}</td></tr>\n" : "</tr>\n");
        }

        return html.Append($"""
            </tbody></table></div>
            <p class="quiet">{texts["adoption.note"]}
            <a href="?by={adoption.By}&amp;format=csv">CSV</a>, <a href="?by={adoption.By}&amp;format=json">JSON</a></p></section>

            """).ToString();
    }

    /// <summary>A drawing twice, of which the style shows the one that suits the screen.</summary>
    private static string Section(string title, string about, Func<int, int, string> draw)
    {
        var drawings = string.Concat(new[] { ShareLinesSvg.Wide, ShareLinesSvg.Narrow }.Select(width => draw(width, width / PixelsOfTick)));
        return $"<section class=\"card\"><h2>{title}</h2>\n<p>{about}</p>\n{drawings}</section>\n";
    }

    private static string Percent(double share, Texts texts) => texts.Number(share * 100, share is > 0 and < 0.1 ? "0.0" : "0") + " %";

    private static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{day:yyyy-MM-dd}\">{day:yyyy-MM-dd}</time>");
}
