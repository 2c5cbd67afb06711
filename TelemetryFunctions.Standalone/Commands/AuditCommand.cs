using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Standalone.Audit;
using TelemetryFunctions.Standalone.Hosting;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary><c>audit</c>: whether a catalogue, reports and a store have what looks personal.</summary>
internal static class AuditCommand
{
    private static readonly Option<string[]> Reports = new Option<string[]>("--report")
    {
        Description = "Reports as systems send them, JSON in files named *.json or protobuf in *.pb",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    }.NotEmpty();

    private static readonly Option<bool> Stored = new("--stored") { Description = "The raw reports of the store too, and all names and labels that it has published" };

    private static readonly Option<bool> Remove = new("--remove") { Description = "With --stored: remove from the charts, for good, the days on which a name or label looks personal" };

    public static Command Create()
    {
        var audit = new Command("audit", "Look for what seems personal in the catalogue and in reports; exit code 1 where something does.") { SettingArguments.Settings, Reports, Stored, Remove };
        audit.SetAction((arguments, cancellation) =>
        {
            var files = arguments.GetValue(Reports) ?? [];
            if (files.FirstOrDefault(file => file.StartsWith("--", StringComparison.Ordinal)) is { } option)
                throw new UsageException($"{option} is no file; settings stand before --report. See --help.");
            var removes = arguments.GetValue(Remove);
            if (removes && !arguments.GetValue(Stored))
                throw new UsageException("--remove is of what is stored; say --stored, too. See --help.");
            return AuditAsync(files, arguments.GetValue(Stored), removes, SettingArguments.Of(arguments), arguments.InvocationConfiguration.Output, cancellation);
        });
        return audit;
    }

    /// <returns>0 where nothing is found but what was removed, else 1.</returns>
    private static async Task<int> AuditAsync(IReadOnlyList<string> files, bool isStored, bool removes, string[] settings, TextWriter output, CancellationToken cancellation)
    {
        var configuration = StandaloneHost.CreateBuilder(settings).Configuration;
        configuration.CheckNames();
        var catalogue = ReportMetrics.Read(configuration);
        var audit = new ReportAudit(catalogue);
        var isClean = await WriteAsync(output, "catalogue", CatalogueAudit.Look(catalogue).Select(finding => (finding, 1L)));
        foreach (var file in files)
            isClean &= await WriteAsync(output, file, (await LookAsync(audit, file, cancellation)).Select(finding => (finding, 1L)));
        if (!isStored)
            return isClean ? 0 : 1;

        await using var service = ServeCommand.Build(ServeCommand.CreateBuilder(settings));
        await service.OpenStoreAsync();
        var stored = ActivatorUtilities.CreateInstance<StoredAudit>(service.Services);
        isClean &= await WriteAsync(output, "stored reports", await stored.LookAtReportsAsync(cancellation));
        var areLabelsClean = await WriteAsync(output, "published labels", await stored.LookAtLabelsAsync(cancellation));
        if (removes)
        {
            foreach (var (metric, days) in await ActivatorUtilities.CreateInstance<LabelRemoval>(service.Services).RunAsync(cancellation))
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"published labels: {metric} {days:n0} {(days == 1 ? "day" : "days")} of charts removed"));
            areLabelsClean = true;
        }

        return isClean && areLabelsClean ? 0 : 1;
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(ReportAudit audit, string file, CancellationToken cancellation)
    {
        var (body, format) = (await CheckCommand.ReadAsync(file, File.ReadAllBytesAsync, cancellation), CheckCommand.FormatOf(file));
        try
        {
            return audit.Look(body, format);
        }
        catch (FormatException e)
        {
            throw new StartupException($"{file} is no report: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>One line for each finding: where, the metric, the path and the rule.</summary>
    private static async Task<bool> WriteAsync(TextWriter output, string where, IEnumerable<(Finding Finding, long Count)> found)
    {
        var isClean = true;
        foreach (var (finding, count) in found)
        {
            isClean = false;
            var times = count > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({count} times)") : "";
            await output.WriteLineAsync($"{where}: {finding.Metric} {finding.Path} {finding.Rule}{times}");
        }

        if (isClean)
            await output.WriteLineAsync($"{where}: nothing looks personal");
        return isClean;
    }
}
