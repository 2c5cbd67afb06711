using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Moving;
using TelemetryFunctions.Standalone.Moving.Export;
using TelemetryFunctions.Standalone.Moving.Installs;
using TelemetryFunctions.Standalone.Moving.Pulp;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary><c>import</c>: brings the charts of another site, or of files, into the store.</summary>
internal static class ImportCommand
{
    private static readonly Option<bool> Replace = new("--replace")
    {
        Description = "Overwrite days that this service has summarized itself, too",
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Tell what would be written, and change nothing" };

    private static readonly Option<string> Chart = new("--chart")
    {
        Description = "The chart that the file is of, as components/core [default: what the file or its name says]",
        HelpName = "ID",
    };

    private static readonly Option<string> By = new("--by")
    {
        Description = "The breakdown that the file is of, as xyz or mean [default: what the file's name says, else the first]",
        HelpName = "BREAKDOWN",
    };

    private static readonly Argument<string> Export = new Argument<string>("DIR") { Description = "What export has written" }.NotEmpty();

    public static Command Create()
    {
        var import = new Command("import", "Bring an export, or charts from elsewhere, into the store; stop the service while it is at work.")
        {
            Export,
            SettingArguments.Settings,
            Replace,
            DryRun,
        };
        import.SetAction((arguments, cancellation) =>
        {
            var directory = arguments.GetValue(Export)!;
            if (directory.StartsWith("--", StringComparison.Ordinal))
                throw new UsageException($"{directory} is no directory; name it first, then settings. See --help.");
            return RunAsync(
                SettingArguments.Of(arguments), arguments, async _ => await ExportedHistory.OpenAsync(directory, cancellation), cancellation);
        });
        foreach (var command in Commands())
            import.Subcommands.Add(command);
        return import;
    }

    private static IEnumerable<Command> Commands() =>
    [
        FromFiles(
            "pulp",
            "Import dumps of Pulp's analytics site: what \"manage.py dumpdata pulpanalytics\" writes, also as jsonl or gzip; - is the standard input.",
            async (service, files, _, cancellation) => new PulpHistory(
                await PulpDump.ReadAsync(files, service.GetRequiredService<MetricCatalogue>(), cancellation), service.GetRequiredService<ReportOptions>())),
        FromFiles(
            "csv",
            "Import charts as /charts/ID?format=csv and /export.zip have them.",
            (service, files, arguments, _) => Task.FromResult<History>(ChartFileHistory.Read(files, FilesOf(service, arguments).ReadCsv)),
            Chart,
            By),
        FromFiles(
            "json",
            "Import charts as /charts/ID sends them.",
            (service, files, arguments, _) => Task.FromResult<History>(ChartFileHistory.Read(files, FilesOf(service, arguments).ReadJson)),
            Chart,
            By),
    ];

    private static Command FromFiles(
        string name, string description, Func<IServiceProvider, IReadOnlyList<string>, ParseResult, CancellationToken, Task<History>> read, params Option[] options)
    {
        // Settings stand behind the files, and are among these until they are told apart.
        var words = new Argument<string[]>("FILE") { Description = "The files", Arity = ArgumentArity.OneOrMore }.NotEmpty();
        var command = new Command(name, description) { words, SettingArguments.Settings, Replace, DryRun };
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction((arguments, cancellation) =>
        {
            var all = arguments.GetValue(words)!;
            var files = all.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
            if (files.Count == 0)
                throw new UsageException($"{all[0]} is no file; name files first, then settings. See --help.");
            return RunAsync(
                SettingArguments.Of(arguments, all.Skip(files.Count)), arguments, service => read(service, files, arguments, cancellation), cancellation);
        });
        return command;
    }

    private static ChartFiles FilesOf(IServiceProvider service, ParseResult arguments) =>
        new(service.GetRequiredService<MetricCatalogue>(), arguments.GetValue(Chart), arguments.GetValue(By));

    private static async Task<int> RunAsync(
        string[] settings, ParseResult arguments, Func<IServiceProvider, Task<History>> read, CancellationToken cancellation)
    {
        var builder = ServeCommand.CreateBuilder(settings);
        builder.Services.AddMoving();
        await using var service = ServeCommand.Build(builder);
        var (replaces, isDryRun) = (arguments.GetValue(Replace), arguments.GetValue(DryRun));
        var history = await read(service.Services);
        if (!isDryRun)
            await service.OpenStoreAsync();

        var importer = service.Services.GetRequiredService<Importer>();
        var plan = isDryRun ? await importer.PlanAsync(history, replaces, cancellation) : await importer.RunAsync(history, replaces, cancellation);
        var output = arguments.InvocationConfiguration.Output;
        await ImportWriter.WriteAsync(output, plan, history, isDryRun);
        if (history is ExportedHistory { Installs: { } installs })
            await output.WriteLineAsync((await service.Services.GetRequiredService<InstallImporter>().RunAsync(installs.Directory, installs.Counted, isDryRun, cancellation)).Describe(isDryRun));
        return 0;
    }
}
