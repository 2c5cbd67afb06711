using Microsoft.Extensions.Hosting;
using TelemetryFunctions;
using TelemetryFunctions.Demo;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.AddTelemetry();
    if (DemoSite.IsAskedFor(args))
        builder.AddDemo();

    var host = builder.Build();
    await host.OpenStoreAsync();
    if (DemoSite.IsAskedFor(args))
        await host.FillWithDemoAsync(args);
    await host.RunAsync();
    return 0;
}
catch (Exception e) when (e is StartupException or HostAbortedException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
