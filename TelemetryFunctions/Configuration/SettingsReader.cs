using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace TelemetryFunctions.Configuration;

/// <summary>Reads settings; an unusable one is an error that says its name, what it is and what it must be.</summary>
public static class SettingsReader
{
    /// <summary>What kind of a site it is.</summary>
    public const string EnvironmentSetting = "AZURE_FUNCTIONS_ENVIRONMENT";

    // What an app of Azure reads where the secret that a setting refers to can't be read: an address is no secret.
    private const string Unresolved = "@Microsoft.KeyVault(";

    // Characters of a key. Anybody may try keys, so one that can be guessed is none.
    private const int LeastSecret = 16;

    private static readonly string[] EnvironmentNames = ["Development", "Staging", "Production"];

    /// <summary>True where the site is somebody's own, not a public one.</summary>
    public static bool IsDevelopment(this IConfiguration configuration) =>
        string.Equals(configuration[EnvironmentSetting], "Development", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="StartupException">The setting is not a whole number from <paramref name="least"/> to <paramref name="most"/>.</exception>
    public static int ReadNumber(this IConfiguration configuration, string key, int fallback, int least, int most)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return fallback;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        throw Unusable(key, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
    }

    /// <summary>How many there must be of what a label counts, so that it is published by itself.</summary>
    /// <exception cref="StartupException">The setting is unusable.</exception>
    public static int ReadLabelMinimum(this IConfiguration configuration) =>
        configuration.ReadNumber("Telemetry:MinimumLabelSystems", configuration.IsDevelopment() ? 1 : 3, 1, 1_000_000);

    /// <exception cref="StartupException">The setting is neither true nor false.</exception>
    public static bool ReadSwitch(this IConfiguration configuration, string key, bool fallback)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return fallback;
        return bool.TryParse(text, out var value) ? value : throw Unusable(key, text, "true or false");
    }

    /// <summary>The file that a setting names, and its text; null where it names none.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="key">The setting.</param>
    /// <param name="what">What the file is, for the error: <c>a metric catalogue</c>.</param>
    /// <exception cref="StartupException">The file can't be read.</exception>
    public static (string Path, string Text)? ReadFile(this IConfiguration configuration, string key, string what)
    {
        if (configuration[key]?.Trim() is not { Length: > 0 } path)
            return null;

        try
        {
            return (path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(key, path, $"the path of {what} that can be read ({e.Message})");
        }
    }

    /// <summary>A key that opens something, null where there is none.</summary>
    /// <exception cref="StartupException">The key can be guessed, or is a secret that can't be read; it is not repeated.</exception>
    public static string? ReadSecret(this IConfiguration configuration, string key)
    {
        var secret = configuration[key];
        if (string.IsNullOrEmpty(secret))
            return null;
        var name = key.Replace(":", "__", StringComparison.Ordinal);
        if (secret.StartsWith(Unresolved, StringComparison.OrdinalIgnoreCase))
            throw new StartupException($"{name} refers to a secret that can't be read; give the app's identity the role Key Vault Secrets User there.");
        return secret.Length >= LeastSecret ? secret : throw new StartupException(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} has {secret.Length} characters; it must have at least {LeastSecret}, such as \"openssl rand -hex 24\" makes."));
    }

    /// <exception cref="StartupException">The environment is none: a site that was meant to be a developer's would be a public one.</exception>
    public static void CheckEnvironment(this IConfiguration configuration)
    {
        if (configuration[EnvironmentSetting] is not { Length: > 0 } text || EnvironmentNames.Contains(text, StringComparer.OrdinalIgnoreCase))
            return;
        var nearestFirst = EnvironmentNames
            .OrderByDescending(name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            .ThenBy(name => NearestName.Changes(text, name))
            .ToList();
        throw Unusable(EnvironmentSetting, text, $"{nearestFirst[0]}, {nearestFirst[1]} or {nearestFirst[2]}");
    }

    /// <exception cref="StartupException">A level is none, which logging itself would find out too late to name the setting.</exception>
    public static void CheckLogLevels(this IConfiguration configuration)
    {
        foreach (var (key, text) in configuration.GetSection("Logging").AsEnumerable())
        {
            if (key.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(text) && !Enum.TryParse<LogLevel>(text, ignoreCase: true, out _))
                throw Unusable(key, text, string.Join(", ", Enum.GetNames<LogLevel>()[..^1]) + $" or {LogLevel.None}");
        }
    }

    /// <summary>The error for a setting.</summary>
    public static StartupException Unusable(string key, string text, string wanted) =>
        new($"{key.Replace(":", "__", StringComparison.Ordinal)} is \"{text}\"; it must be {wanted}.");
}
