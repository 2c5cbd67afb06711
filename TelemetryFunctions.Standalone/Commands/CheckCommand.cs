using System.CommandLine;
using System.Globalization;
using TelemetryFunctions.Configuration;
using TelemetryFunctions.Reports;
using TelemetryFunctions.Reports.Schema;
using TelemetryFunctions.Standalone.Check;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Summaries.Catalogue;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary><c>check</c>: what is wrong in a metric catalogue, and what its metrics read of reports. For the pipeline of a product.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> Catalogue = new Argument<string>("CATALOGUE") { Description = "The metric catalogue, a YAML file" }.NotEmpty();

    private static readonly Option<string[]> Reports = new Option<string[]>("--report")
    {
        Description = "Reports as systems send them, JSON in files named *.json or protobuf in *.pb",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    }.NotEmpty();

    public static Command Create()
    {
        var check = new Command("check", "Tell what is wrong in a metric catalogue, and what its metrics read of reports.")
        {
            Catalogue,
            SettingArguments.Settings,
            Reports,
        };
        check.SetAction((arguments, cancellation) =>
        {
            var files = arguments.GetValue(Reports) ?? [];
            if (files.Prepend(arguments.GetValue(Catalogue)!).FirstOrDefault(file => file.StartsWith("--", StringComparison.Ordinal)) is { } option)
                throw new UsageException($"{option} is no file; settings stand behind the catalogue and before --report. See --help.");
            return CheckAsync(
                arguments.GetValue(Catalogue)!, files, SettingArguments.Of(arguments), arguments.InvocationConfiguration.Output, cancellation);
        });
        return check;
    }

    /// <returns>0 where nothing is wrong, else 1.</returns>
    private static async Task<int> CheckAsync(
        string catalogueFile, IReadOnlyList<string> files, string[] settings, TextWriter output, CancellationToken cancellation)
    {
        var configuration = StandaloneHost.CreateBuilder(settings).Configuration;
        configuration.CheckNames();
        var options = ReportOptions.Read(configuration);
        var reports = new List<(string File, byte[] Body, ReportFormat Format)>();
        foreach (var file in files)
            reports.Add((file, await ReadAsync(file, File.ReadAllBytesAsync, cancellation), FormatOf(file)));

        var yaml = await ReadAsync(catalogueFile, File.ReadAllTextAsync, cancellation);
        if (CatalogueFile.TryRead(yaml, catalogueFile, Report.Descriptor, out var errors) is not { } catalogue)
        {
            foreach (var error in errors)
                await output.WriteLineAsync(error.Message);
            return 1;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{catalogueFile}: {catalogue.Metrics.Count} metrics, nothing wrong"));
        var check = new ReportCheck(catalogue, new ReportAdmission(options, catalogue), new Exclusions(catalogue, options));
        var done = new List<CheckedReport>();
        foreach (var (file, body, format) in reports)
        {
            done.Add(await check.CheckAsync(body, format, cancellation));
            await CheckedReportWriter.WriteAsync(output, file, done[^1]);
        }

        await CheckedReportWriter.WriteUnsaidAsync(output, done);
        return done.TrueForAll(report => report.IsRight) ? 0 : 1;
    }

    /// <exception cref="StartupException">The name of the file does not say how the report is written.</exception>
    internal static ReportFormat FormatOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".json" => ReportFormat.Json,
        ".pb" => ReportFormat.Protobuf,
        _ => throw new StartupException($"{file} must be named *.json or *.pb: its name says how the report is written."),
    };

    /// <exception cref="StartupException">The file can't be read.</exception>
    internal static async Task<T> ReadAsync<T>(string file, Func<string, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            return await read(file, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{file} can't be read: {e.Message}", e);
        }
    }
}
