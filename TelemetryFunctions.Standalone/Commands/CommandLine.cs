using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>The commands of the executable. Without one it serves.</summary>
internal static class CommandLine
{
    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">An argument is wrong; the message says what to mend.</exception>
    /// <exception cref="StartupException">It can't be done; the message says what to mend.</exception>
    public static Task<int> RunAsync(string[] args)
    {
        var result = Create().Parse(args);
        if (result.Action is ParseErrorAction)
            throw new UsageException($"{result.Errors[0].Message} See --help.");
        return result.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = new TerminalWriter(Console.Out),
            Error = new TerminalWriter(Console.Error),
            // The host ends on its own, once it has drained.
            ProcessTerminationTimeout = null,
        });
    }

    internal static RootCommand Create()
    {
        var root = new RootCommand("Takes in usage reports and installs, turns each day into points, and serves charts of them.")
        {
            SettingArguments.Settings,
            ServeCommand.Urls,
            DemoCommand.Create(),
            MigrateCommand.Create(),
            RebuildChartsCommand.Create(),
            RedoCommand.Create(),
            CheckCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            AuditCommand.Create(),
            RelayCommand.Create(),
        };
        ServeCommand.Configure(root);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
