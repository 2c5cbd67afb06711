using Microsoft.Extensions.Configuration;

namespace TelemetryFunctions.Configuration;

/// <summary>
/// The settings that there are, as README.md has them. A setting of this service that nothing reads is misspelt, and stops the start:
/// who set it relies on it.
/// </summary>
public static class KnownSettings
{
    /// <summary>Stands behind a name for all that is below it.</summary>
    private const string AllBelow = ":*";

    private const int SlipOfTheFinger = 2;

    /// <summary>Settings of this service's own sections.</summary>
    public static readonly IReadOnlyList<string> Own =
    [
        "Telemetry:Product",
        "Telemetry:Site:Title",
        "Telemetry:Site:Sentence",
        "Telemetry:Site:Language",
        "Telemetry:Site:Logo",
        "Telemetry:Site:Accent",
        "Telemetry:Site:AccentDark",
        "Telemetry:Site:Links:Source",
        "Telemetry:Site:Links:Imprint",
        "Telemetry:Site:Links:Privacy",
        "Telemetry:Site:Links:OptOut",
        "Telemetry:SiteFile",
        "Telemetry:FrameAncestors",
        "Telemetry:DataDirectory",
        "Telemetry:RawRetentionDays",
        "Telemetry:MinimumAgeDays",
        "Telemetry:MinimumLabelSystems",
        "Telemetry:MinimumNameDays",
        "Telemetry:AcceptPrereleases",
        "Telemetry:WritesPerHour",
        "Telemetry:Privacy:Epsilon",
        "Telemetry:Privacy:NoiseBelow",
        "Telemetry:MetricsFile",
        "Telemetry:AnnotationsFile",
        "Telemetry:ExcludedSystemsFile",
        "Telemetry:InstallDedupeSeconds",
        "Telemetry:InstallVendors",
        "Telemetry:OperationsKey",
        "Telemetry:RelayKey",
        "Telemetry:RelayMegabytes",
        "Standalone:FunctionKey",
        "Standalone:TrustedProxies",
    ];

    // Settings of others, which have names beside these that this service knows nothing of.
    private static readonly string[] Shared =
        [SettingsReader.EnvironmentSetting, "AzureWebJobsStorage", "APPLICATIONINSIGHTS_CONNECTION_STRING", "OTEL_EXPORTER_OTLP_ENDPOINT", "ASPNETCORE_URLS"];

    private static readonly string[] Sections = [.. Own.Select(name => name.Split(':')[0]).Distinct()];

    /// <summary>True for a setting of the own sections that is read. Upper and lower case are the same.</summary>
    public static bool Has(string key) => Own.Any(name => name.EndsWith(AllBelow, StringComparison.Ordinal)
        ? key.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase)
        : key.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="StartupException">A setting is one that nothing reads; the message names it and the nearest one that is read.</exception>
    public static void CheckNames(this IConfiguration configuration)
    {
        foreach (var top in configuration.GetChildren())
        {
            if (top.GetChildren().Any())
                CheckSection(top);
            else
                CheckVariable(top.Key);
        }
    }

    /// <summary>The error for a setting that there is not.</summary>
    /// <param name="key">What was set.</param>
    /// <param name="nearest">What was meant, or null.</param>
    public static StartupException Unknown(string key, string? nearest) => new(
        $"{Variable(key)} is no setting of this service" + (nearest is null ? "; README.md lists them." : $"; did you mean {Variable(nearest)}?"));

    private static void CheckSection(IConfigurationSection section)
    {
        if (!Sections.Any(name => NearestName.Changes(section.Key, name) <= SlipOfTheFinger))
            return;

        var unknown = section.AsEnumerable().Where(setting => setting.Value is not null && setting.Key.Contains(':', StringComparison.Ordinal) && !Has(setting.Key));
        if (unknown.OrderBy(setting => setting.Key, StringComparer.Ordinal).FirstOrDefault() is { Key: { } key })
            throw Unknown(key, NearestName.Of(key, Own));
    }

    private static void CheckVariable(string name)
    {
        // One underscore where there must be two.
        if (name.IndexOf('_', StringComparison.Ordinal) is var mark and > 0 && Has($"{name[..mark]}:{name[(mark + 1)..]}"))
            throw Unknown(name, NearestName.Of(name, Own));
        if (Array.Find(Shared, shared => NearestName.Changes(name, shared) is > 0 and <= SlipOfTheFinger) is { } meant)
            throw Unknown(name, meant);
    }

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}
