using System.Text.Encodings.Web;

namespace TelemetryFunctions.Charts.Page;

/// <summary>How every page begins, to the end of the header in its body.</summary>
/// <param name="Title">The title, as text.</param>
/// <param name="Description">What a search engine shows, as text.</param>
/// <param name="Heading">The heading, as HTML.</param>
internal sealed record PageHead(string Title, string Description, string Heading)
{
    /// <summary>False where the page's policy lets no script run, not even the one that sets the theme.</summary>
    public bool RunsScripts { get; init; } = true;

    /// <summary>More of the head, as HTML.</summary>
    public string More { get; init; } = "";

    /// <summary>Attributes of the body, as HTML.</summary>
    public string BodyAttributes { get; init; } = "";

    /// <summary>The id of the content, for who skips to it.</summary>
    public string ContentId { get; init; } = "content";

    /// <summary>Where the header leads, and what it says there.</summary>
    public (string Href, string Text) Link { get; init; } = ("/", "Charts");

    public string Render(WebAssets assets)
    {
        var icon = Path(assets, "icon.svg");
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="description" content="{Text(Description)}">
            <title>{Text(Title)}</title>
            <link rel="icon" href="{icon}" type="image/svg+xml">
            {(RunsScripts ? $"<script src=\"{Path(assets, "early.js")}\"></script>" : "")}
            <link rel="stylesheet" href="{Path(assets, "app.css")}">
            {More}
            </head>
            <body{BodyAttributes}>
            <a class="skip" href="#{ContentId}">Skip to the content</a>
            <header class="wrap site">
            <img src="{icon}" alt="" width="28" height="28">
            <h1>{Heading}</h1>
            <a href="{Link.Href}">{Link.Text}</a>
            </header>

            """;
    }

    /// <summary>A text as HTML.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>The path of an asset, as HTML.</summary>
    public static string Path(WebAssets assets, string logicalName) => Text(assets[logicalName].Path);

    /// <summary>The product behind a heading, as HTML; nothing where it has no name.</summary>
    public static string Product(PageOptions options) =>
        options.Product.Length == 0 ? "" : $" <span><bdi>{Text(options.Product)}</bdi></span>";
}
