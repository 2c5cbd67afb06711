using Microsoft.Extensions.Hosting;
using TelemetryFunctions;
using TelemetryFunctions.Charts;
using TelemetryFunctions.Demo;

try
{
    var commandLine = CommandLine.Parse(args);
    var builder = FunctionsApplication.CreateBuilder(commandLine.Settings);
    builder.ConfigureFunctionsWebApplication();
    builder.AddTelemetry();
    if (commandLine.DemoDays is not null)
        builder.AddDemo();

    var host = builder.Build();
    await host.OpenStoreAsync();
    if (commandLine.RebuildsCharts)
    {
        await host.RebuildChartsAsync();
        return 0;
    }

    if (commandLine.DemoDays is { } days)
        await host.FillWithDemoAsync(days);
    await host.RunAsync();
    return 0;
}
catch (Exception e) when (e is StartupException or HostAbortedException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
