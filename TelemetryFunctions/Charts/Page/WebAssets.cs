using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using TelemetryFunctions.Charts.Page.Branding;

namespace TelemetryFunctions.Charts.Page;

/// <summary>
/// The pages' scripts, styles and icon, embedded in the assembly by the build (web/Web.targets), and what a site has of its own.
/// </summary>
public sealed class WebAssets
{
    private const string ManifestName = "manifest.json";
    private const string LogoName = "logo";
    private const string AccentName = "accent.css";

    private readonly FrozenDictionary<string, WebAsset> _byFileName;
    private readonly FrozenDictionary<string, WebAsset> _byLogicalName;

    private WebAssets(IReadOnlyDictionary<string, WebAsset> byLogicalName)
    {
        _byLogicalName = byLogicalName.ToFrozenDictionary(StringComparer.Ordinal);
        _byFileName = byLogicalName.Values.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
    }

    /// <summary>Every asset.</summary>
    public IReadOnlyList<WebAsset> All => _byFileName.Values;

    /// <summary>The assets that are embedded in an assembly.</summary>
    /// <exception cref="InvalidOperationException">The assembly was built without the page.</exception>
    public static WebAssets Load(Assembly assembly)
    {
        var manifest = JsonSerializer.Deserialize(
            Read(assembly, ManifestName),
            WebManifestJson.Default.DictionaryStringWebManifestEntry)!;
        return new WebAssets(manifest.ToDictionary(entry => entry.Key, entry => Load(assembly, entry.Value)));
    }

    /// <summary>The picture of the site: its logo, or the icon of the service.</summary>
    public WebAsset Icon => _byLogicalName.GetValueOrDefault(LogoName) ?? this["icon.svg"];

    /// <summary>The style sheet with the site's colour; null where it has none.</summary>
    public WebAsset? Accent => _byLogicalName.GetValueOrDefault(AccentName);

    /// <summary>These assets with those that a site has of its own.</summary>
    public WebAssets With(SiteOptions site)
    {
        var assets = _byLogicalName.ToDictionary();
        if (site.Logo is { } logo)
            assets[LogoName] = WebAsset.Of(logo.FileName, logo.ContentType, logo.Bytes.Span);
        if (site.Accent is { } accent)
            assets[AccentName] = WebAsset.Of(AccentName, "text/css; charset=utf-8", Encoding.UTF8.GetBytes(accent.Css));
        return new WebAssets(assets);
    }

    /// <summary>The asset of a hashed file name such as <c>app-0a1b2c3d4e5f.js</c>, or null.</summary>
    public WebAsset? Find(string fileName) => _byFileName.GetValueOrDefault(fileName);

    /// <summary>The asset of a logical name such as <c>app.js</c>.</summary>
    public WebAsset this[string logicalName] => _byLogicalName[logicalName];

    private static WebAsset Load(Assembly assembly, WebManifestEntry entry) => new(
        entry.File,
        entry.Type,
        Read(assembly, entry.File),
        Read(assembly, $"{entry.File}.br"),
        Read(assembly, $"{entry.File}.gz"));

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream($"web/{name}")
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} was built without web/{name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
