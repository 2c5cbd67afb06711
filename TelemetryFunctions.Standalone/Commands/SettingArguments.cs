using System.CommandLine;
using System.CommandLine.Parsing;
using TelemetryFunctions.Configuration;

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

    // Sections of others, whose settings are theirs to check.
    private static readonly string[] OtherSections = ["--AzureWebJobsStorage:", "--Logging:", "--Kestrel:"];

    // What other programs call what is called otherwise here.
    private static readonly Dictionary<string, string> CalledOtherwise = new(StringComparer.OrdinalIgnoreCase)
    {
        ["-p"] = "--urls http://localhost:PORT",
        ["--port"] = "--urls http://localhost:PORT",
        ["--host"] = "--urls http://HOST:7071",
        ["--listen"] = "--urls http://localhost:7071",
        ["--address"] = "--urls http://localhost:7071",
        ["--data"] = "--Telemetry:DataDirectory",
        ["--data-dir"] = "--Telemetry:DataDirectory",
        ["--environment"] = "--AZURE_FUNCTIONS_ENVIRONMENT",
        ["--catalogue"] = "--Telemetry:MetricsFile",
    };

    /// <summary>The arguments as the configuration reads them, <c>--urls</c> included.</summary>
    /// <exception cref="UsageException">One of them is no setting, or has no value.</exception>
    public static string[] Of(ParseResult result) => Of(result, []);

    /// <summary>The arguments as the configuration reads them, with those that stand behind an argument that takes several words.</summary>
    /// <exception cref="UsageException">One of them is no setting, or has no value.</exception>
    public static string[] Of(ParseResult result, IEnumerable<string> behind)
    {
        string[] settings = [.. Before(result.CommandResult), .. TokensOf(result.CommandResult), .. behind];
        for (var i = 0; i < settings.Length; i++)
        {
            var name = settings[i].Split('=')[0];
            if (!IsSetting(name))
                throw Unrecognized(settings[i], name, result.CommandResult.Command);
            if (name == settings[i] && (++i == settings.Length || settings[i].StartsWith("--", StringComparison.Ordinal)))
                throw new UsageException($"{name} has no value; write {name}=VALUE.");
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
        && (KnownSettings.Has(name[2..])
            || WithoutSection.Contains(name, StringComparer.OrdinalIgnoreCase)
            || OtherSections.Any(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase)));

    private static UsageException Unrecognized(string argument, string name, Command command)
    {
        var arguments = command.Options.Select(option => option.Name)
            .Concat(command.Subcommands.Select(subcommand => subcommand.Name))
            .Concat(WithoutSection)
            .Concat(KnownSettings.Own.Select(setting => "--" + setting));
        var meant = (command.Options.Contains(ServeCommand.Urls) ? CalledOtherwise.GetValueOrDefault(name) : null) ?? NearestName.Of(name, arguments);
        return new UsageException($"Unrecognized argument {argument}; {(meant is null ? "see" : $"did you mean {meant}? See")} --help.");
    }
}
