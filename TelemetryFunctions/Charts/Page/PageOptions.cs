using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Charts.Page.Branding;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Languages;

namespace TelemetryFunctions.Charts.Page;

/// <summary>What the pages say about their site.</summary>
/// <param name="Product">The product whose installations report, shown in the title and the header; empty for none.</param>
/// <param name="FrameAncestors">Which sites may show the pages in a frame, as a Content-Security-Policy has it.</param>
public sealed partial record PageOptions(string Product = "", string FrameAncestors = "'none'")
{
    /// <summary>What the site shows of its own.</summary>
    public SiteOptions Site { get; init; } = new();

    /// <summary>What the site is called where no language is asked for.</summary>
    public string Title => TitleIn(Texts.English);

    /// <summary>What the site is called.</summary>
    public string TitleIn(Texts texts) => Site.Title.Length > 0 ? Site.Title : Product.Length > 0 ? texts.Say("page.titleOf", ("product", Product)) : texts["page.telemetry"];

    /// <summary>The product in the middle of a sentence.</summary>
    public string TheProduct(Texts texts) => Product.Length > 0 ? Product : texts["page.theProduct"];

    /// <summary>The texts for a request.</summary>
    public Texts TextsFor(HttpRequest request) => LanguageChoice.TextsFor(request, Site.Language);

    /// <summary>Characters of a product: what fits into a header.</summary>
    public const int MaxLength = 64;

    private const string ProductKey = "Telemetry:Product";

    private const string FrameAncestorsKey = "Telemetry:FrameAncestors";

    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static PageOptions Read(IConfiguration configuration) =>
        new(ReadProduct(configuration), ReadFrameAncestors(configuration)) { Site = SiteOptions.Read(configuration) };

    /// <summary>A policy of this site.</summary>
    /// <param name="rest">What it says but for frames.</param>
    public string Policy(string rest) => $"{rest}; frame-ancestors {FrameAncestors}";

    private static string ReadProduct(IConfiguration configuration)
    {
        var product = configuration[ProductKey]?.Trim() ?? "";
        return product.Length <= MaxLength
            ? product
            : throw SettingsReader.Unusable(ProductKey, product, string.Create(CultureInfo.InvariantCulture, $"a name of at most {MaxLength} characters"));
    }

    private static string ReadFrameAncestors(IConfiguration configuration)
    {
        var setting = configuration[FrameAncestorsKey]?.Trim() ?? "";
        return setting switch
        {
            "" or "none" => "'none'",
            "*" => "*",
            _ => string.Join(' ', setting.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Source)),
        };

        string Source(string text) => text == "self" ? "'self'"
            : Origin().IsMatch(text) ? text
            : throw SettingsReader.Unusable(
                FrameAncestorsKey, setting, "none, * for every site, or a list of self and of origins such as https://example.org or https://*.example.org, separated by spaces");
    }

    /// <summary>What is an origin, with a wildcard or without: a host-source of CSP without a path.</summary>
    [GeneratedRegex(@"^https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:(\d{1,5}|\*))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Origin();
}
