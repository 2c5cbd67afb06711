using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelemetryFunctions;
using TelemetryFunctions.Http;
using TelemetryFunctions.Http.Limits;
using TelemetryFunctions.Observability;
using TelemetryFunctions.Storage.AzureTables;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.UseMiddleware<CancelledRuns>();
    builder.UseMiddleware<LimitedWrites>();

    // A body that the worker's server refuses is an empty 500; what reads it refuses it with 413, at a smaller limit.
    builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);

    // Three lines a request, which the Functions host logs too. A setting of a longer name brings them back.
    builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
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
