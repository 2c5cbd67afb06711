using System.CommandLine;
using System.CommandLine.Parsing;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>Settings among the arguments of a command: <c>--Telemetry:Product=Acme</c> or <c>--Telemetry:Product Acme</c>.</summary>
internal static class SettingArguments
{
    /// <summary>What every command takes.</summary>
    public static readonly Argument<string[]> Settings = new("SETTING")
    {
        Description = "A setting of the README, as --Telemetry:Product=Acme; or an environment variable, as Telemetry__Product=Acme",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly string[] WithoutSection = ["--AZURE_FUNCTIONS_ENVIRONMENT", "--AzureWebJobsStorage"];

    /// <summary>The arguments as the configuration reads them, <c>--urls</c> included.</summary>
    /// <exception cref="StartupException">One of them is no setting, or has no value.</exception>
    public static string[] Of(ParseResult result)
    {
        string[] settings = [.. Before(result.CommandResult), .. TokensOf(result.CommandResult)];
        for (var i = 0; i < settings.Length; i++)
        {
            var name = settings[i].Split('=')[0];
            if (!IsSetting(name))
                throw new StartupException($"Unrecognized argument {settings[i]}; see --help.");
            if (name == settings[i] && (++i == settings.Length || settings[i].StartsWith("--", StringComparison.Ordinal)))
                throw new StartupException($"{name} has no value; write {name}=VALUE.");
        }

        return result.GetValue(ServeCommand.Urls) is { } urls ? [.. settings, $"--urls={urls}"] : [.. settings];
    }

    // Those before the name of the command belong to the one above it.
    private static IEnumerable<string> Before(CommandResult command) =>
        command.Parent is CommandResult above ? [.. Before(above), .. TokensOf(above)] : [];

    private static IEnumerable<string> TokensOf(CommandResult command) => command.Children
        .OfType<ArgumentResult>()
        .Where(argument => argument.Argument == Settings)
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value);

    private static bool IsSetting(string name) =>
        name.StartsWith("--", StringComparison.Ordinal)
        && (name.Contains(':', StringComparison.Ordinal) || WithoutSection.Contains(name, StringComparer.OrdinalIgnoreCase));
}
