using System.Text.Json;
using Microsoft.Extensions.Configuration;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Summaries.Catalogue;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TelemetryFunctions.Charts.Page.Branding;

/// <summary>
/// Finds what is said about a site: in a setting such as <c>Telemetry__Site__Links__OptOut</c>, else in the site's file, where the same is
/// <c>opt-out</c> below <c>links</c>.
/// </summary>
internal sealed class SiteValues
{
    private const string Section = "Telemetry:Site";
    private const string FileKey = "Telemetry:SiteFile";

    private readonly IConfiguration _configuration;
    private readonly Dictionary<string, SiteValue> _file = [];

    /// <exception cref="StartupException">There is a file that can't be used.</exception>
    public SiteValues(IConfiguration configuration)
    {
        _configuration = configuration;
        if (configuration[FileKey] is { } path && !string.IsNullOrWhiteSpace(path))
            ReadFile(path.Trim());
    }

    /// <summary>What is said about a part of the site; null where nothing is.</summary>
    public SiteValue? Find(params string[] names)
    {
        var key = string.Join(':', [Section, .. names]);
        var text = _configuration[key]?.Trim() ?? "";
        return text.Length > 0
            ? new SiteValue(text, "", wanted => SettingsReader.Unusable(key, text, wanted))
            : _file.GetValueOrDefault(PathOf(names));
    }

    private void ReadFile(string path)
    {
        var top = new CatalogueEntry(path, ReadMapping(path));
        var directory = Path.GetDirectoryName(path) ?? "";
        foreach (var name in new[] { "Title", "Sentence", "Language", "Logo", "Accent", "AccentDark" })
            Keep(top, name);
        if (top.OptionalEntry("links") is { } links)
        {
            foreach (var name in new[] { "Source", "Imprint", "Privacy", "OptOut" })
                Keep(links, "Links", name);
            links.RefuseRest();
        }

        top.RefuseRest();

        void Keep(CatalogueEntry entry, params string[] names)
        {
            var key = KeyOf(names[^1]);
            if (entry.OptionalText(key) is { } text)
                _file[PathOf(names)] = new SiteValue(text, directory, wanted => entry.Wrong(key, $"\"{text}\" must be {wanted}"));
        }
    }

    private static YamlMappingNode ReadMapping(string path)
    {
        try
        {
            var stream = new YamlStream();
            using var text = File.OpenText(path);
            stream.Load(text);
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? root
                : throw new StartupException($"{path}, line 1: a site's file is a mapping with keys such as \"title\".");
        }
        catch (YamlException e)
        {
            throw new StartupException($"{path}, line {e.Start.Line}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SettingsReader.Unusable(FileKey, path, $"the path of a YAML file that can be read ({e.Message})");
        }
    }

    private static string PathOf(string[] names) => string.Join(':', names);

    private static string KeyOf(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}

/// <summary>What is said about a part of a site.</summary>
/// <param name="Text">What is said.</param>
/// <param name="Directory">Where a path in it begins; empty for where the service was started.</param>
/// <param name="Unusable">The error for it, which says what it must be.</param>
internal sealed record SiteValue(string Text, string Directory, Func<string, StartupException> Unusable);
