using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TelemetryFunctions.Standalone.Moving;
using TelemetryFunctions.Standalone.Moving.Export;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary><c>export</c>: writes what charts are made of into a directory.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> Target = new Argument<string>("DIR") { Description = "The directory; it is made, or is empty" }.NotEmpty();

    public static Command Create()
    {
        var export = new Command("export", "Write every chart's points as CSV and Parquet, with the catalogue and hashes; the service may run.")
        {
            Target,
            SettingArguments.Settings,
        };
        export.SetAction(async (arguments, cancellation) =>
        {
            var directory = arguments.GetValue(Target)!;
            if (directory.StartsWith("--", StringComparison.Ordinal))
                throw new UsageException($"{directory} is no directory; name it first, then settings. See --help.");

            var builder = ServeCommand.CreateBuilder(SettingArguments.Of(arguments));
            builder.Services.AddMoving();
            await using var service = ServeCommand.Build(builder);
            var manifest = await service.Services.GetRequiredService<Exporter>().WriteAsync(directory, cancellation);
            var series = manifest.Files.Select(file => file.Series).OfType<ExportedSeries>().ToList();
            await arguments.InvocationConfiguration.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{directory}: {series.Count:n0} series with {series.Sum(one => one.Points):n0} points from {MoveDays.Write(manifest.First)} to {MoveDays.Write(manifest.Through)}"));
            return 0;
        });
        return export;
    }
}
