using System.CommandLine;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Standalone.Relay;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>What the commands of a relay have in common.</summary>
internal static class RelayArguments
{
    public static readonly Option<string> Data = new("--data")
    {
        Description = "Where the relay keeps what it has, a directory of its own [default: ./relay-data]",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>Ids. Settings stand behind them, and are among these until they are told apart.</summary>
    public static readonly Argument<string[]> Words = new("ID") { Description = "Ids of items, as \"list\" shows them", Arity = ArgumentArity.ZeroOrMore };

    public static readonly Option<string> System = new("--system") { Description = "The reports of this system", HelpName = "UUID" };

    public static readonly Option<string> State = new("--state") { Description = "What is staged, sent, refused or superseded", HelpName = "STATE" };

    /// <summary>The ids among the arguments.</summary>
    public static IReadOnlyList<string> IdsOf(ParseResult arguments) => [.. WordsOf(arguments).TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal))];

    /// <summary>The settings among the arguments, with the directory.</summary>
    /// <exception cref="UsageException">One of them is no setting.</exception>
    public static string[] SettingsOf(ParseResult arguments) =>
        [.. SettingArguments.Of(arguments, WordsOf(arguments).Skip(IdsOf(arguments).Count)), .. arguments.GetValue(Data) is { } directory ? [$"--Telemetry:DataDirectory={directory}"] : (string[])[]];

    private static string[] WordsOf(ParseResult arguments) => arguments.CommandResult.Command.Arguments.Contains(Words) ? arguments.GetValue(Words) ?? [] : [];

    /// <summary>The relay's directory.</summary>
    public static string DirectoryOf(ParseResult arguments) => RelayDirectory.Of(StandaloneHost.CreateBuilder(SettingsOf(arguments)).Configuration);
}
