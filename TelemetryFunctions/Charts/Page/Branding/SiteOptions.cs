using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Page.Branding;

/// <summary>What a site shows of its own. All of it may be left out.</summary>
/// <param name="Title">What the site is called; empty for a name made of the product's.</param>
/// <param name="Sentence">What the product is, in a sentence; empty for none.</param>
/// <param name="Logo">The picture in the header and of the tab; null for the service's own.</param>
/// <param name="Accent">The colour of links and bars; null for the service's own.</param>
/// <param name="Links">Where the pages lead beside themselves.</param>
public sealed record SiteOptions(
    string Title = "", string Sentence = "", SiteLogo? Logo = null, AccentColour? Accent = null, SiteLinks? Links = null)
{
    /// <summary>Characters of a title: what fits into a header.</summary>
    public const int MaxTitle = 64;

    /// <summary>Characters of the sentence.</summary>
    public const int MaxSentence = 300;

    /// <summary>Characters of a link.</summary>
    public const int MaxLink = 2_000;

    public SiteLinks Links { get; init; } = Links ?? new SiteLinks();

    /// <summary>The language of pages for who asks for none that there is.</summary>
    public string Language { get; init; } = TextTables.Standard;

    /// <summary>Reads <c>Telemetry__Site__…</c>, and the file that <c>Telemetry__SiteFile</c> names for what is not said there.</summary>
    /// <exception cref="StartupException">Something is unusable.</exception>
    public static SiteOptions Read(IConfiguration configuration)
    {
        var values = new SiteValues(configuration);
        return new SiteOptions(
            Text(values.Find("Title"), MaxTitle, "title"),
            Text(values.Find("Sentence"), MaxSentence, "sentence"),
            values.Find("Logo") is { } logo ? SiteLogo.Read(logo) : null,
            AccentColour.Read(values.Find("Accent"), values.Find("AccentDark")),
            new SiteLinks(Link("Source"), Link("Imprint"), Link("Privacy"), Link("OptOut")))
        {
            Language = ReadLanguage(values.Find("Language")),
        };

        string Link(string name) => values.Find("Links", name) is not { } value ? ""
            : IsLink(value.Text) ? value.Text
            : throw value.Unusable(FormattableString.Invariant($"an address such as https://example.org/privacy, or mailto:, of at most {MaxLink} characters"));
    }

    private static string Text(SiteValue? value, int most, string what) =>
        value is null || (value.Text.Length <= most && !value.Text.Any(char.IsControl))
            ? value?.Text ?? ""
            : throw value.Unusable(FormattableString.Invariant($"a {what} of at most {most} characters, in one line"));

    private static string ReadLanguage(SiteValue? value) => value is null ? TextTables.Standard
        : TextTables.Find(value.Text) is { } table ? table.Language
        : throw value.Unusable($"one of {string.Join(", ", TextTables.All.Select(table => table.Language))}");

    private static bool IsLink(string text) =>
        text.Length <= MaxLink && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" or "mailto";
}

/// <summary>Where the pages of a site lead; empty for nowhere.</summary>
/// <param name="Source">The product's source, or its home.</param>
/// <param name="Imprint">Who runs the site.</param>
/// <param name="Privacy">The site's privacy policy.</param>
/// <param name="OptOut">How to turn reports off.</param>
public sealed record SiteLinks(string Source = "", string Imprint = "", string Privacy = "", string OptOut = "")
{
    /// <summary>Those that there are, with the keys of what they are called.</summary>
    public IEnumerable<(string Name, string Href)> All =>
        new[] { ("page.optOut", OptOut), ("page.privacy", Privacy), ("page.imprint", Imprint), ("page.source", Source) }.Where(link => link.Item2.Length > 0);
}
