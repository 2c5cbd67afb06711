using System.Globalization;
using System.Text.Encodings.Web;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Page;

/// <summary>How every page begins, to the end of the header in its body.</summary>
/// <param name="Title">The title, as text.</param>
/// <param name="Description">What a search engine shows, as text.</param>
/// <param name="Heading">The heading, as HTML.</param>
internal sealed record PageHead(string Title, string Description, string Heading)
{
    private const string Here = "./";

    // What a logo of its own has room for in the header.
    private const double IconHeight = 28;
    private const double MaxIconWidth = 140;

    /// <summary>True where the page has a script that does what that of the others does.</summary>
    public bool RunsOwnScript { get; init; }

    /// <summary>The sections of texts that the page's script needs.</summary>
    public IReadOnlyList<string> ScriptTexts { get; init; } = ["shared"];

    /// <summary>More of the head, as HTML.</summary>
    public string More { get; init; } = "";

    /// <summary>Attributes of the body, as HTML.</summary>
    public string BodyAttributes { get; init; } = "";

    /// <summary>The id of the content, for who skips to it.</summary>
    public string ContentId { get; init; } = "content";

    /// <summary>Where the header leads.</summary>
    public IReadOnlyList<SectionLink> Sections { get; init; } = [SectionLink.Charts, SectionLink.Catalogue];

    /// <summary>The part of the site to which the page belongs.</summary>
    public SectionLink? Current { get; init; }

    /// <summary>Where among the charts the header leads.</summary>
    public string ChartFragment { get; init; } = "";

    /// <summary>
    /// The way from the page to the address of the site. Every link is relative: the site may be below a path that the service
    /// does not know.
    /// </summary>
    public string ToSite { get; init; } = Here;

    public string Render(WebAssets assets, PageOptions options, Texts texts)
    {
        var icon = ToSite + Text(assets.Icon.Path);
        return $"""
            <!doctype html>
            <html lang="{texts.Language}" data-locale="{texts["language.locale"]}"{Accent(options)}>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="description" content="{Text(Description)}">
            <title>{Text(Title)}</title>
            <link rel="icon" href="{icon}" type="{assets.Icon.ContentType}">
            <script src="{Path(assets, "early.js", ToSite)}"></script>
            <link rel="stylesheet" href="{Path(assets, "app.css", ToSite)}">
            <script type="application/json" id="texts">{texts.Table.ToJson(ScriptTexts)}</script>
            {(assets.Accent is { } accent ? $"<link rel=\"stylesheet\" href=\"{ToSite}{Text(accent.Path)}\">" : "")}
            {(RunsOwnScript ? "" : $"<script type=\"module\" src=\"{Path(assets, "pages.js", ToSite)}\"></script>")}
            {More}
            </head>
            <body{BodyAttributes}>
            <a class="skip" href="#{ContentId}">{texts["page.skip"]}</a>
            <header class="wrap site">
            <img src="{icon}" alt="" {IconSize(options)}>
            <h1>{Heading}</h1>
            <nav aria-label="{texts["page.pages"]}">{string.Concat(Sections.Select(section => Render(section, texts)))}</nav>
            </header>

            """;
    }

    private string Render(SectionLink section, Texts texts)
    {
        var address = texts.Link(ToSite + section.Path + (section == SectionLink.Charts ? ChartFragment : ""));
        return $"<a href=\"{Text(address)}\"{(section == Current ? " aria-current=\"page\"" : "")}>{texts[section.Title]}</a>";
    }

    /// <summary>The site's own colour for what scripts draw, which read no style sheet.</summary>
    private static string Accent(PageOptions options) =>
        options.Site.Accent is { } accent ? $" data-accent=\"{Text(accent.Light)} {Text(accent.Dark)}\"" : "";

    /// <summary>The size of the icon, as it is where the style has not come yet.</summary>
    private static string IconSize(PageOptions options)
    {
        var (width, height) = options.Site.Logo is { } logo ? (logo.Width, logo.Height) : (1, 1);
        var scale = Math.Min(IconHeight / height, MaxIconWidth / width);
        return string.Create(CultureInfo.InvariantCulture, $"width=\"{Math.Max(1, width * scale):0}\" height=\"{Math.Max(1, height * scale):0}\"");
    }

    /// <summary>A text as HTML.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>The way from a page to an asset, as HTML.</summary>
    public static string Path(WebAssets assets, string logicalName, string toSite = Here) => toSite + Text(assets[logicalName].Path);

    /// <summary>The way from a page at the address of the site to a path of the service, as HTML.</summary>
    public static string Relative(string path) => Text("." + path);

    /// <summary>The product behind a heading, as HTML; nothing where it has no name.</summary>
    public static string Product(PageOptions options) =>
        options.Product.Length == 0 ? "" : $" <span><bdi>{Text(options.Product)}</bdi></span>";
}
