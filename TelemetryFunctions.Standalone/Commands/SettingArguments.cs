using System.CommandLine;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>Settings among the arguments of a command: <c>--Telemetry:Product=Acme</c> or <c>--Telemetry:Product Acme</c>.</summary>
internal static class SettingArguments
{
    private static readonly string[] WithoutSection = ["--AZURE_FUNCTIONS_ENVIRONMENT", "--AzureWebJobsStorage"];

    /// <summary>The arguments as the configuration reads them, <c>--urls</c> included.</summary>
    /// <exception cref="StartupException">One of them is no setting, or has no value.</exception>
    public static string[] Of(ParseResult result)
    {
        var settings = result.UnmatchedTokens;
        for (var i = 0; i < settings.Count; i++)
        {
            var name = settings[i].Split('=')[0];
            if (!IsSetting(name))
                throw new StartupException($"Unrecognized argument {settings[i]}; see --help.");
            if (name == settings[i] && (++i == settings.Count || settings[i].StartsWith("--", StringComparison.Ordinal)))
                throw new StartupException($"{name} has no value; write {name}=VALUE.");
        }

        return result.GetValue(ServeCommand.Urls) is { } urls ? [.. settings, $"--urls={urls}"] : [.. settings];
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("--", StringComparison.Ordinal)
        && (name.Contains(':', StringComparison.Ordinal) || WithoutSection.Contains(name, StringComparer.OrdinalIgnoreCase));
}
