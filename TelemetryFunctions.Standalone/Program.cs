using Microsoft.Extensions.Hosting;
using TelemetryFunctions;
using TelemetryFunctions.Standalone.Commands;
using TelemetryFunctions.Storage;

var error = new TerminalWriter(Console.Error);
try
{
    return await CommandLine.RunAsync(args);
}
catch (UsageException e)
{
    await error.WriteLineAsync(e.Message);
    return 2;
}
catch (Exception e) when (e is StartupException or HostAbortedException or StoreUnavailableException or IOException or UnauthorizedAccessException)
{
    await error.WriteLineAsync(e.Message);
    return 1;
}
