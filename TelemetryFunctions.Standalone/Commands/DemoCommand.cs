using System.CommandLine;
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
    };

    public static Command Create()
    {
        Days.Validators.Add(days =>
        {
            if (days.GetValueOrDefault<int>() is < 1 or > MostDays)
                days.AddError($"--days is {days.Tokens[^1].Value}; it must be a number of days from 1 to {MostDays}.");
        });
        var demo = new Command("demo", "Fill an empty store with a history of synthetic reports, and serve it.") { Days };
        demo.TreatUnmatchedTokensAsErrors = false;
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
}
