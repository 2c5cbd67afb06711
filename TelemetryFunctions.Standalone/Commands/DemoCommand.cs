using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using TelemetryFunctions.Standalone.Demo;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary><c>demo</c>: fills an empty store with a history of synthetic reports, and serves it.</summary>
internal static class DemoCommand
{
    private const int MostDays = 3650;

    private static readonly Option<int> Days = new("--days")
    {
        Description = $"How many days, 1 to {MostDays}",
        HelpName = "DAYS",
        DefaultValueFactory = _ => 365,
        CustomParser = Parse,
    };

    private static readonly Option<string> Metrics = new("--metrics")
    {
        Description = "The metric catalogue of your product [default: the one of Telemetry__MetricsFile, else the one that is built in]",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var demo = new Command("demo", "Fill an empty store with a history of synthetic reports, and serve it.")
        {
            SettingArguments.Settings,
            Days,
            Metrics,
            ServeCommand.Urls,
        };
        demo.SetAction(async (arguments, cancellation) =>
        {
            var builder = ServeCommand.CreateBuilder(SettingsOf(arguments));
            builder.AddDemo();
            await using var service = ServeCommand.Build(builder);
            await service.OpenStoreAsync();
            await service.FillWithDemoAsync(arguments.GetValue(Days));
            await service.RunAsync(cancellation);
            return 0;
        });
        return demo;
    }

    /// <summary>The settings among the arguments, <c>--metrics</c> included.</summary>
    /// <exception cref="StartupException">One of them is no setting, or names no file.</exception>
    internal static string[] SettingsOf(ParseResult arguments)
    {
        var settings = SettingArguments.Of(arguments);
        if (arguments.GetValue(Metrics) is not { } file)
            return settings;
        return File.Exists(file)
            ? [.. settings, $"--Telemetry:MetricsFile={file}"]
            : throw new StartupException($"--metrics is \"{file}\"; it must be the path of a metric catalogue that can be read.");
    }

    private static int Parse(ArgumentResult days)
    {
        var text = days.Tokens[^1].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostDays)
            return number;
        days.AddError($"--days is \"{text}\"; it must be a whole number from 1 to {MostDays}.");
        return 0;
    }
}
