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

    public static Command Create()
    {
        var demo = new Command("demo", "Fill an empty store with a history of synthetic reports, and serve it.")
        {
            SettingArguments.Settings,
            Days,
            ServeCommand.Urls,
        };
        demo.SetAction(async (arguments, cancellation) =>
        {
            var builder = ServeCommand.CreateBuilder(SettingArguments.Of(arguments));
            builder.AddDemo();
            await using var service = ServeCommand.Build(builder);
            await service.OpenStoreAsync();
            await service.FillWithDemoAsync(arguments.GetValue(Days));
            await service.RunAsync(cancellation);
            return 0;
        });
        return demo;
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
