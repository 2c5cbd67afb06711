using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Hosting;
using TelemetryFunctions;
using TelemetryFunctions.Observability;
using TelemetryFunctions.Storage.AzureTables;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.AddTelemetry();
    builder.Services.AddAzureTables(builder.Configuration);
    builder.AddObservability(telemetry => telemetry.UseFunctionsWorkerDefaults());

    using var host = builder.Build();
    await host.OpenStoreAsync();
    await host.RunAsync();
    return 0;
}
catch (StartupException e)
{
    // The Functions host logs a worker's line as an error where it has this word.
    await Console.Error.WriteLineAsync($"error: {e.Message}");
    return 1;
}
