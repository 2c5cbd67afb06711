using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TelemetryFunctions.Events.Operations;
using TelemetryFunctions.Observability;
using TelemetryFunctions.Standalone.Hosting;
using TelemetryFunctions.Standalone.Sqlite;

namespace TelemetryFunctions.Standalone.Commands;

/// <summary>What the executable does without a command: it serves.</summary>
internal static class ServeCommand
{
    public static readonly Option<string> Urls = new("--urls")
    {
        Description = "Where to listen, separated by semicolons [default: http://localhost:7071]",
        HelpName = "URL",
    };

    public static void Configure(RootCommand root) => root.SetAction(async (arguments, cancellation) =>
    {
        await using var service = Build(CreateBuilder(SettingArguments.Of(arguments)));
        await service.OpenStoreAsync();
        await service.RunAsync(cancellation);
        return 0;
    });

    /// <summary>The whole service, with settings as on the command line.</summary>
    /// <exception cref="StartupException">A setting is unusable.</exception>
    public static WebApplicationBuilder CreateBuilder(params string[] settings)
    {
        var builder = StandaloneHost.CreateBuilder(settings);

        // One key opens all that asks for one, unless maintainers have one of their own.
        builder.Services.AddSingleton(OperationsKey.Read(builder.Configuration, builder.Configuration[FunctionKey.Setting]));
        builder.AddTelemetry();
        builder.Services.AddStorage(builder.Configuration);
        builder.AddObservability(telemetry => telemetry
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation()));
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder) => builder.BuildHost(typeof(TelemetryServices).Assembly.GetTypes());
}
