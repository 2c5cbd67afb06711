using TelemetryFunctions.Charts.Page.Branding;
using TelemetryFunctions.Charts.Preview;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Page;

/// <summary>What networks show with a link to the page: Open Graph, whose addresses are absolute.</summary>
/// <remarks>Source: https://ogp.me</remarks>
internal static class SocialHtml
{
    /// <param name="texts">The language.</param>
    /// <param name="title">The title, as text.</param>
    /// <param name="description">What the page is, as text.</param>
    /// <param name="site">The address of the site.</param>
    public static string Render(Texts texts, string title, string description, string site) => $"""
        <meta property="og:type" content="website">
        <meta property="og:title" content="{PageHead.Text(title)}">
        <meta property="og:description" content="{PageHead.Text(description)}">
        <meta property="og:url" content="{PageHead.Text(site)}">
        <meta property="og:image" content="{PageHead.Text(site + PreviewApi.Path)}">
        <meta property="og:image:type" content="{PngFile.ContentType}">
        <meta property="og:image:width" content="{PreviewPicture.Width}">
        <meta property="og:image:height" content="{PreviewPicture.Height}">
        <meta property="og:image:alt" content="{texts["page.preview"]}">
        <meta name="twitter:card" content="summary_large_image">
        """;
}
