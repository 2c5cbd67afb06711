using Microsoft.Extensions.Hosting;
using TelemetryFunctions;
using TelemetryFunctions.Standalone.Commands;

try
{
    return await CommandLine.RunAsync(args);
}
catch (UsageException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
catch (Exception e) when (e is StartupException or HostAbortedException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
